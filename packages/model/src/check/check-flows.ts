import { type Finding, finding, pointerTo, warning } from "../common/finding.ts";
import type { Model } from "../definition.ts";
import type { Flow } from "../flow/definition.ts";

/** What flows, their fields and their approvals must agree on. */
export function checkFlows(model: Model): Finding[] {
  return [
    ...[...model.flows.values()].flatMap((flow) => [...unreachable(flow), ...transitions(model, flow)]),
    ...stageFields(model),
  ];
}

/** A stage field names its flow, and the flow names the field: both ways, or the flow is somebody else's. */
function stageFields(model: Model): Finding[] {
  return [...model.entities.values()].flatMap((entity) =>
    entity.fields.flatMap((field) => {
      const key = model.kinds[field.kind]?.flow?.(field.options);
      const flow = key === undefined ? undefined : model.flows.get(key);
      if (!flow || (flow.entity === entity.key && flow.field === field.key)) return [];
      const at = pointerTo("/entity", entity.key, "schema", "properties", field.key, "x-options", "flow");
      return [finding("flowElsewhere", at, { flow: flow.key })];
    }),
  );
}

function unreachable(flow: Flow): Finding[] {
  const reached = new Set([flow.start, ...flow.transitions.map(({ to }) => to)]);
  return flow.stages.flatMap(({ key }, at) =>
    reached.has(key) ? [] : [warning("notReachable", pointerTo("/flow", flow.key, "stages", at), { key })],
  );
}

function transitions(model: Model, flow: Flow): Finding[] {
  const seen = new Set<string>();
  return flow.transitions.flatMap(({ from, to, approval }, at) => {
    const pointer = pointerTo("/flow", flow.key, "transitions", at);
    const findings: Finding[] = [];
    const way = `${from} ${to}`;
    if (seen.has(way)) findings.push(warning("duplicateTransition", pointer, { from, to }));
    seen.add(way);
    const asked = approval === undefined ? undefined : model.approvals.get(approval);
    if (asked && asked.entity !== flow.entity) {
      const params = { key: asked.key, actual: asked.entity, entity: flow.entity };
      findings.push(finding("wrongEntity", `${pointer}/approval`, params));
    }
    if (asked && asked.start.on !== "transition") {
      findings.push(finding("approvalNotByTransition", `${pointer}/approval`, { key: asked.key }));
    }
    return findings;
  });
}
