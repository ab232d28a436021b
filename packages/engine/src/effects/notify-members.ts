import { notifyMembers } from "../notifications/notify.ts";
import type { ApplyEffect } from "./cause.ts";

export const notify: ApplyEffect<"notify"> = async (tx, ctx, effect, cause) => {
  await notifyMembers(tx, ctx, {
    cause: effect.id,
    kind: cause.by.is,
    members: effect.members,
    title: effect.title,
    body: effect.body,
    link: { entity: cause.entity, recordId: cause.recordId },
    channels: effect.channels,
  });
};
