import { canonicalJson } from "../common/canonical-json.ts";
import { pointerTo } from "../common/finding.ts";
import type { Json } from "../common/json.ts";
import type { Definition } from "../definition.ts";
import { isPlainObject } from "../schema/json-type.ts";
import type { Change, DefinitionChange } from "./change.ts";
import { added, changed, elementWords, KIND_WORDS, moved, removed, type Words, within } from "./diff-words.ts";
import { placesThatMoved } from "./moved-places.ts";
import { type Tree, treeOf } from "./tree-of.ts";

/** Where in a definition the comparison is. */
interface Place {
  readonly path: string;
  /** The names of the elements around, the outermost first. */
  readonly names: readonly Words[];
}

/** An element that came or went, until it is clear that it did not just change its place. */
interface Coming {
  readonly list: string;
  readonly key: string;
  readonly element: Tree;
  readonly path: string;
  readonly place: Place;
}

interface Collected {
  readonly changes: Change[];
  readonly came: Coming[];
  readonly went: Coming[];
}

/**
 * What differs between two versions of one definition, by the stable keys of their elements: an element that was moved
 * has moved and did not go and come.
 *
 * Both in the form that parsing gives; see {@link parseDefinition}.
 */
export function diffDefinition(before: Definition, after: Definition): readonly Change[] {
  const collected: Collected = { changes: [], came: [], went: [] };
  compareObjects(treeOf(before), treeOf(after), { path: "", names: [] }, collected);
  settle(collected);
  return collected.changes;
}

/** What differs between two sets of definitions, such as two releases: which came, which went, what changed in the others. */
export function diffDefinitions(
  before: readonly Definition[],
  after: readonly Definition[],
): readonly DefinitionChange[] {
  const old = new Map(before.map((one) => [`${one.kind}/${one.key}`, one]));
  const there = new Set(after.map((one) => `${one.kind}/${one.key}`));
  const kept = after.flatMap((definition) => {
    const previous = old.get(`${definition.kind}/${definition.key}`);
    if (!previous) return [whole(definition, "added")];
    const changes = diffDefinition(previous, definition);
    return changes.length > 0 ? [{ ...whole(definition, "changed"), changes }] : [];
  });
  const gone = before.filter((one) => !there.has(`${one.kind}/${one.key}`)).map((one) => whole(one, "removed"));
  return [...kept, ...gone];
}

function whole(definition: Definition, action: DefinitionChange["action"]): DefinitionChange {
  const { kind, key, label } = definition;
  const noun = KIND_WORDS[kind];
  const name: Words = {
    en: `${noun.en} ${label.en ?? label["zh-CN"] ?? key}`,
    "zh-CN": `${noun["zh-CN"]} ${label["zh-CN"] ?? label.en ?? key}`,
  };
  return { kind, key, label, action, words: WHOLE[action](name), changes: [] };
}

const WHOLE = {
  added,
  removed,
  changed: (name: Words) => ({ en: `${name.en} changed`, "zh-CN": `${name["zh-CN"]}已更改` }),
} as const;

function compareObjects(before: Tree, after: Tree, place: Place, collected: Collected): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (name === "key") continue;
    compare(name, before[name], after[name], place, collected);
  }
}

function compare(
  name: string,
  before: Json | undefined,
  after: Json | undefined,
  place: Place,
  collected: Collected,
): void {
  if (canonicalJson(before) === canonicalJson(after)) return;
  const path = pointerTo(place.path, name);
  const lists = [before ?? [], after ?? []].map(keyedList);
  if (lists[0] && lists[1]) {
    compareLists(name, lists[0], lists[1], { ...place, path }, collected);
  } else if (isPlainObject(before) && isPlainObject(after) && NESTED.has(name)) {
    compareObjects(before as Tree, after as Tree, { ...place, path }, collected);
  } else {
    const [first, ...rest] = place.names;
    const what = first ? within([first, ...rest].slice(0, -1), place.names.at(-1) as Words) : null;
    const values = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    collected.changes.push({ path, action: "changed", words: changed(what, name, before, after), ...values });
  }
}

/** Objects whose properties are told one by one; of others it is said that they changed. */
const NESTED: ReadonlySet<string> = new Set(["options", "actions"]);

/** A list whose elements have keys, by key and in order; null for any other. */
function keyedList(value: Json): ReadonlyMap<string, Tree> | null {
  if (!Array.isArray(value)) return null;
  const keys = value.map((element: Json) =>
    isPlainObject(element) ? (element.key ?? element.value ?? element.ref) : undefined,
  );
  if (!keys.every((key) => typeof key === "string")) return null;
  return new Map(value.map((element, at) => [keys[at] as string, element as Tree]));
}

function compareLists(
  list: string,
  before: ReadonlyMap<string, Tree>,
  after: ReadonlyMap<string, Tree>,
  place: Place,
  collected: Collected,
): void {
  const strayed = placesThatMoved([...before.keys()], [...after.keys()]);
  for (const [key, element] of before) {
    if (!after.has(key)) collected.went.push({ list, key, element, path: pointerTo(place.path, key), place });
  }
  for (const [key, element] of after) {
    const path = pointerTo(place.path, key);
    const previous = before.get(key);
    if (!previous) {
      collected.came.push({ list, key, element, path, place });
      continue;
    }
    const name = elementWords(list, element, key);
    if (strayed.has(key)) {
      collected.changes.push({ path, action: "moved", words: moved(within(place.names, name)) });
    }
    compareObjects(previous, element, { path, names: [...place.names, name] }, collected);
  }
}

/** Lists between which elements wander: the same thing in another place. A choice of another field is another choice. */
const WANDERING: ReadonlySet<string> = new Set(["fields", "entries", "steps", "criteria", "checklist"]);

/** What went from one list and came into another of the same sort has moved; the rest came and went. */
function settle({ changes, came, went }: Collected): void {
  const origins = [...went, ...went.flatMap(inside)];
  const moves = [...came, ...came.flatMap(inside)].flatMap((arrival) => {
    const origin = origins.find((one) => isSameElsewhere(one, arrival));
    return origin ? [{ origin, arrival }] : [];
  });
  const settled = new Set(moves.flatMap(({ origin, arrival }) => [origin, arrival]));
  for (const one of came) {
    if (settled.has(one)) continue;
    const words = added(within(one.place.names, nameOf(one)));
    changes.push({ path: one.path, action: "added", words, after: one.element });
  }
  for (const { origin, arrival } of moves) {
    const name = nameOf(arrival);
    changes.push({ path: arrival.path, action: "moved", words: moved(name, arrival.place.names.at(-1)) });
    const inner: Collected = { changes, came: [], went: [] };
    const place = { path: arrival.path, names: [...arrival.place.names, name] };
    compareObjects(origin.element, arrival.element, place, inner);
    settle(inner);
  }
  for (const one of went) {
    if (settled.has(one)) continue;
    const words = removed(within(one.place.names, nameOf(one)));
    changes.push({ path: one.path, action: "removed", words, before: one.element });
  }
}

function nameOf({ list, element, key }: Coming): Words {
  return elementWords(list, element, key);
}

/** At the same depth only: a field of the record that becomes a column of a subform is a new one, and its values stay behind. */
function isSameElsewhere(one: Coming, other: Coming): boolean {
  const depth = (path: string) => path.split("/").length;
  return (
    WANDERING.has(one.list) && one.list === other.list && one.key === other.key && depth(one.path) === depth(other.path)
  );
}

/** The elements of the lists inside one that came or went whole. */
function inside(outer: Coming): Coming[] {
  const names = [...outer.place.names, nameOf(outer)];
  return Object.entries(outer.element).flatMap(([list, value]) => {
    const elements = WANDERING.has(list) ? keyedList(value) : null;
    const place: Place = { path: pointerTo(outer.path, list), names };
    return [...(elements ?? [])].map(([key, element]) => ({
      list,
      key,
      element,
      path: pointerTo(place.path, key),
      place,
    }));
  });
}
