import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from "kysely";
import type { Context, Db } from "../context.ts";

/** A place in a compiled statement that is filled anew at each run. */
class Slot {
  readonly name: string;
  readonly type: string;

  constructor(name: string, type: string) {
    this.name = name;
    this.type = type;
  }
}

/** Gives a slot that occurs several times one parameter: who asks is named in every condition of a statement. */
class SlotCompiler extends PostgresQueryCompiler {
  readonly #places = new Map<string, number>();

  override compileQuery(...query: Parameters<PostgresQueryCompiler["compileQuery"]>) {
    this.#places.clear();
    return super.compileQuery(...query);
  }

  protected override appendValue(value: unknown): void {
    const key = value instanceof Slot ? `${value.name} ${value.type}` : null;
    const place = key === null ? undefined : this.#places.get(key);
    if (place !== undefined) {
      this.append(`$${place}`);
      return;
    }
    super.appendValue(value);
    if (key !== null) this.#places.set(key, this.numParameters);
  }
}

/**
 * A parameter that is named now and bound when the statement runs, so that one compiled statement serves every caller
 * with the same roles and the same shape of query.
 *
 * @param type its SQL type; PostgreSQL cannot always infer one
 */
export function slot<T>(name: string, type: string): RawBuilder<T> {
  return sql<T>`${new Slot(name, type)}::${sql.raw(type)}`;
}

export type SlotValues = Readonly<Record<string, unknown>>;

/** Compiled SQL with its named places. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new SlotCompiler(),
  },
});

export function compile(query: RawBuilder<unknown>): Statement {
  const compiled = query.compile(compiler);
  return { sql: compiled.sql, parameters: compiled.parameters };
}

/** Runs a compiled statement with this caller's values. */
export async function run<Row>(db: Db, statement: Statement, values: SlotValues): Promise<Row[]> {
  const parameters = statement.parameters.map((value) => (value instanceof Slot ? values[value.name] : value));
  const result = await db.executeQuery<Row>(CompiledQuery.raw(statement.sql, parameters));
  return result.rows;
}

/** Who asks and when: the values that every statement may name. */
export function contextValues(ctx: Context): SlotValues {
  const member = ctx.actor.kind === "member" ? ctx.actor.member : null;
  return {
    me: member?.id ?? null,
    department: member?.department ?? null,
    departmentTree: member?.departmentTree ?? [],
    now: ctx.now,
    timeZone: ctx.timeZone,
  };
}

export const contextSlots = {
  me: () => slot<string>("me", "uuid"),
  department: () => slot<string>("department", "uuid"),
  departmentTree: () => slot<string[]>("departmentTree", "uuid[]"),
  now: () => slot<string>("now", "timestamptz"),
  timeZone: () => slot<string>("timeZone", "text"),
};
