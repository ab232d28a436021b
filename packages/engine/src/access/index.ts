export { accessOf, type EntityAccess, isUnlimited, type Reach, rolesKey } from "./compile-access.ts";
export { forgetMembers } from "./member-cache.ts";
export { type CallOptions, loadMember, memberContext, systemContext } from "./member-context.ts";
