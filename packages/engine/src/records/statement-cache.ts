import type { Model } from "@formwright/model";
import { LRUCache } from "lru-cache";
import type { Statement } from "./statement.ts";

const PER_MODEL = 2000;

const caches = new WeakMap<Model, LRUCache<string, Statement>>();

/**
 * The compiled statement kept under a key for one model, made when it is not there. A model belongs to one workspace and
 * one release and never changes, so what was compiled for it is right for as long as it lives, and goes with it.
 */
export function kept(model: Model, key: string, make: () => Statement): Statement {
  let cache = caches.get(model);
  if (!cache) {
    cache = new LRUCache({ max: PER_MODEL });
    caches.set(model, cache);
  }
  let statement = cache.get(key);
  if (!statement) {
    statement = make();
    cache.set(key, statement);
  }
  return statement;
}
