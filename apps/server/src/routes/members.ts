import { accountOfMember, createInvitation, isUnlimited, loadMember } from "@formwright/engine";
import { finding, Problem } from "@formwright/model";
import type { FastifyPluginAsync } from "fastify";
import { v7 as uuidv7 } from "uuid";
import type { App } from "../app.ts";
import { notFound } from "../http/problems.ts";
import { bearerOf } from "../sign-in/bearer.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { ID } from "./schemas.ts";

const INVITATION_DAYS = 7;

/** What admins do with members beside editing them as records. */
export function memberRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;

    server.post<{ Params: { id: string } }>(
      "/members/:id/invitation",
      { config: { repeatable: true } },
      async (request, reply) => {
        const context = contextOf(request);
        if (!isUnlimited(context)) {
          throw new Problem("forbidden", { en: "Only admins invite people.", "zh-CN": "只有管理员可以邀请成员。" });
        }
        const { id } = request.params;
        const member = new RegExp(ID.pattern).test(id) ? await loadMember(db, context.workspace, id) : null;
        if (!member) throw notFound();
        if (!member.email) {
          throw new Problem(
            "invalid",
            { en: "This member has no e-mail address to sign in with.", "zh-CN": "该成员没有可用于登录的邮箱。" },
            { errors: [finding("required", "/email")] },
          );
        }
        if (await accountOfMember(db, context.workspace.id, id)) {
          throw new Problem("conflict", { en: "This member can sign in already.", "zh-CN": "该成员已可以登录。" });
        }
        const token = newSecret();
        const expiresAt = new Date(app.now().getTime() + INVITATION_DAYS * 86_400_000).toISOString();
        await createInvitation(db, {
          id: uuidv7(),
          tokenHash: hashSecret(token),
          workspace: context.workspace.id,
          memberId: id,
          email: member.email,
          createdBy: bearerOf(request).account,
          expiresAt,
        });
        return reply.code(201).send({ link: `${app.settings.publicUrl}/invite/${token}`, expiresAt });
      },
    );
  };
}
