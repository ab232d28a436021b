import { visitApp } from "../app/visit.ts";
import { visitApproval } from "../approval/visit.ts";
import { visitAutomation } from "../automation/visit.ts";
import type { Model, PublishedKind } from "../definition.ts";
import { visitEntity } from "../entity/visit.ts";
import { visitFlow } from "../flow/visit.ts";
import { visitForm } from "../form/visit.ts";
import { visitRole } from "../role/visit.ts";
import { visitView } from "../view/visit.ts";
import type { Visitor } from "./visitor.ts";

/** Visits every definition of a model, one after the other. `make` gives the visitor for one of them. */
export function visitModel(model: Model, make: (kind: PublishedKind, key: string) => Visitor): void {
  for (const [key, entity] of model.entities) visitEntity(entity, model.kinds, make("entity", key));
  for (const [key, flow] of model.flows) visitFlow(flow, make("flow", key));
  for (const [key, form] of model.forms) visitForm(form, make("form", key));
  for (const [key, view] of model.views) visitView(view, make("view", key));
  for (const [key, app] of model.apps) visitApp(app, make("app", key));
  for (const [key, role] of model.roles) visitRole(role, make("role", key));
  for (const [key, approval] of model.approvals) visitApproval(approval, make("approval", key));
  for (const [key, automation] of model.automations) visitAutomation(automation, make("automation", key));
}
