import { type Context, type Db, listRecordsJson } from "@formwright/engine";
import { Problem } from "@formwright/model";
import { type Candidate, NearMatches } from "./near-match.ts";

const TEXTS_AT_ONCE = 200;
const PAGE = 500;
/** Near matches are looked for among so many records at most. */
const MAX_CANDIDATES = 5_000;

type Found = string | null | "ambiguous";

interface ListedRecord {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Finds records by a text that names them, as the importing person may see them. Texts are learnt in batches before
 * they are asked for, so that a file of 200,000 rows does not ask 200,000 times.
 */
export class RecordFinder {
  readonly #db: Db;
  readonly #ctx: Context;
  readonly #known = new Map<string, Map<string, Found>>();
  readonly #near = new Map<string, NearMatches<string>>();
  /** Texts that nothing was found for, by entity: those that may be there later. */
  readonly #missed = new Map<string, { readonly by: string; readonly text: string }[]>();

  constructor(db: Db, ctx: Context) {
    this.#db = db;
    this.#ctx = ctx;
  }

  /** What names a record of the entity when nothing else is said. */
  titleField(entity: string): string {
    return this.#ctx.model.entities.get(entity)?.titleField ?? "name";
  }

  /**
   * Looks the texts up that are not known yet. `by` is the field that they stand in. Inside a transaction it has to be
   * given, since it may have written what is looked for.
   */
  async learn(entity: string, by: string, texts: Iterable<string>, db: Db = this.#db): Promise<void> {
    const known = this.#of(entity, by);
    const unknown = [...new Set(texts)].filter((text) => text !== "" && !known.has(text));
    for (let at = 0; at < unknown.length; at += TEXTS_AT_ONCE) {
      const some = unknown.slice(at, at + TEXTS_AT_ONCE);
      for (const text of some) known.set(text, null);
      await this.#lookUp(db, entity, by, some, known);
      if (entity === "member" && by !== "email") {
        const addresses = some.filter((text) => known.get(text) === null && text.includes("@"));
        if (addresses.length > 0) await this.#lookUp(db, entity, "email", addresses, known);
      }
      this.#miss(
        entity,
        some.filter((text) => known.get(text) === null).map((text) => ({ by, text })),
      );
    }
  }

  find(entity: string, by: string, text: string): Found {
    return this.#of(entity, by).get(text) ?? null;
  }

  /** Texts are looked up again when they are next asked for. */
  forget(entity: string, by: string): void {
    this.#known.delete(`${entity} ${by}`);
  }

  /** Records of the entity were made: what was not found so far is looked up again when it is next asked for. */
  forgetMissing(entity: string): void {
    for (const { by, text } of this.#missed.get(entity) ?? []) {
      const known = this.#of(entity, by);
      if (known.get(text) === null) known.delete(text);
    }
    this.#missed.delete(entity);
  }

  /** A record that was just made. */
  remember(entity: string, by: string, text: string, id: string): void {
    this.#of(entity, by).set(text, id);
  }

  /** The one record that a misspelt text most likely means. */
  async near(entity: string, by: string, text: string): Promise<Candidate<string> | null> {
    const key = `${entity} ${by}`;
    let near = this.#near.get(key);
    if (!near) {
      near = new NearMatches(await this.#candidates(entity, by));
      this.#near.set(key, near);
    }
    return near.find(text);
  }

  async #lookUp(
    db: Db,
    entity: string,
    by: string,
    texts: readonly string[],
    known: Map<string, Found>,
  ): Promise<void> {
    for await (const { id, values } of this.#list(db, entity, by, { in: [{ var: by }, [...texts]] }, 20 * PAGE)) {
      const text = String(values[by]);
      const before = known.get(text);
      known.set(text, before === null || before === undefined || before === id ? id : "ambiguous");
    }
  }

  async #candidates(entity: string, by: string): Promise<Candidate<string>[]> {
    const candidates: Candidate<string>[] = [];
    for await (const { id, values } of this.#list(this.#db, entity, by, null, MAX_CANDIDATES)) {
      if (typeof values[by] === "string") candidates.push({ text: values[by], value: id });
    }
    return candidates;
  }

  async *#list(db: Db, entity: string, by: string, filter: object | null, most: number): AsyncGenerator<ListedRecord> {
    let cursor: string | null = null;
    for (let seen = 0; seen < most; seen += PAGE) {
      const page = await this.#page(db, entity, by, filter, cursor);
      yield* page.items;
      cursor = page.nextCursor;
      if (cursor === null) return;
    }
  }

  async #page(db: Db, entity: string, by: string, filter: object | null, cursor: string | null) {
    try {
      const json = await listRecordsJson(db, this.#ctx, entity, {
        fields: [by],
        limit: PAGE,
        sort: [{ field: "id", direction: "asc" }],
        ...(filter && { filter: filter as never }),
        ...(cursor && { cursor }),
      });
      return JSON.parse(json) as { items: ListedRecord[]; nextCursor: string | null };
    } catch (error) {
      // A field that cannot be compared with texts, or that is hidden from this person, finds nothing.
      if (error instanceof Problem && (error.code === "invalid" || error.code === "notFound")) {
        return { items: [], nextCursor: null };
      }
      throw error;
    }
  }

  #miss(entity: string, texts: readonly { readonly by: string; readonly text: string }[]): void {
    const missed = this.#missed.get(entity) ?? [];
    for (const text of texts) missed.push(text);
    this.#missed.set(entity, missed);
  }

  #of(entity: string, by: string): Map<string, Found> {
    const key = `${entity} ${by}`;
    let known = this.#known.get(key);
    if (!known) {
      known = new Map();
      this.#known.set(key, known);
    }
    return known;
  }
}
