export { applyEffects } from "./apply-effects.ts";
export type { Cause } from "./cause.ts";
export { idOf, idsFrom } from "./effect-ids.ts";
