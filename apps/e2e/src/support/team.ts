import type { JsonObject } from "@formwright/model";
import { type Api, signIn, type WireRecord } from "./api.ts";

/** Somebody who can sign in, as a member and as a speaker of the API. */
export interface Colleague {
  readonly member: WireRecord;
  readonly email: string;
  readonly password: string;
  readonly api: Api;
}

const PASSWORD = "long enough to sign in";

/** Makes a member, invites them, and accepts the invitation as they would. */
export async function hire(admin: Api, name: string, values: JsonObject): Promise<Colleague> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
  const member = await admin.create("member", { name, email, ...values });
  return await invite(admin, member, email);
}

/** Gives a member who is there an address and a password. */
export async function invite(admin: Api, member: WireRecord, email: string): Promise<Colleague> {
  const { link } = await admin.inWorkspace<{ link: string }>("POST", `/members/${member.id}/invitation`, {});
  const token = link.slice(link.lastIndexOf("/") + 1);
  await admin.call("POST", `/invitations/${token}`, { password: PASSWORD });
  const api = await signIn(admin.url, admin.workspace, { email, password: PASSWORD });
  return { member, email, password: PASSWORD, api };
}
