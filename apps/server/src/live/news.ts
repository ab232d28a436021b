import type { Database } from "@formwright/database";
import { forgetMembers, forgetModel } from "@formwright/engine";
import type { App } from "../app.ts";

/** The channel on which servers and workers tell each other what happened. */
export const CHANNEL = "formwright";

/** A message on the channel. It only says where to look: whoever hears it reads the truth from the tables. */
export type News =
  | { readonly type: "session"; readonly session: string }
  | { readonly type: "notification"; readonly workspace: string; readonly member: string; readonly id: string }
  | { readonly type: "import"; readonly workspace: string; readonly member: string; readonly id: string }
  /** `workspace` is its id here. */
  | { readonly type: "release" | "members"; readonly workspace: string }
  | { readonly type: "jobs" | "events"; readonly workspace: string };

export async function tellNews(database: Database, news: News): Promise<void> {
  await database.pool.query("select pg_notify($1, $2)", [CHANNEL, JSON.stringify(news)]);
}

/** Null when the message is not one of ours. */
export function parseNews(payload: string): News | null {
  try {
    return JSON.parse(payload) as News;
  } catch {
    return null;
  }
}

/** Keeps what this server remembers current with what other processes do. */
export function hearNews(app: App): Promise<() => void> {
  return app.database.listen(CHANNEL, (payload) => {
    const news = payload === null ? null : parseNews(payload);
    if (!news) {
      // Something may have been missed: believe nothing.
      app.members.forget(null);
      app.live.lookEverywhere();
      return;
    }
    if (news.type === "session") {
      app.tokens.endSession(news.session);
      app.live.endSession(news.session);
      return;
    }
    if (news.type === "release") forgetModel(news.workspace);
    if (news.type === "members") forgetMembers(news.workspace);
    if (news.type === "release" || news.type === "members") app.members.forget(news.workspace);
    if (news.type === "notification") {
      app.live.tellMember(news.workspace, news.member, "notification", { id: news.id });
    } else if (news.type === "import") {
      app.live.tellMember(news.workspace, news.member, "job", { kind: "import", id: news.id });
      app.live.look(news.workspace);
    } else {
      app.live.look(news.workspace);
    }
  });
}
