/**
 * One step of a schema's growth. Statements run one by one, in one transaction, with the schema first in the search
 * path: they name tables without a schema. A step that was released never changes; a new one follows it.
 */
export interface Migration {
  /** Unique in its scope and stable, e.g. "0003-saved-views". Steps run in the order of their list, not of their names. */
  readonly name: string;
  readonly statements: readonly string[];
}
