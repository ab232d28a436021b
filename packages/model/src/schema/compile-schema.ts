import { type Finding, finding } from "../common/finding.ts";
import type { Json, JsonObject, JsonSchema } from "../common/json.ts";
import { type Check, type Compiler, MOST_FINDINGS, type Run, type SchemaCheck } from "./check.ts";
import { isOfType, isPlainObject, type JsonType, TYPE_WORDS } from "./json-type.ts";
import { KEYWORDS } from "./keywords.ts";

/** Keywords that say nothing about validity by themselves. */
const SILENT: ReadonlySet<string> = new Set(["$schema", "$id", "$defs", "title", "description", "default", "readOnly"]);

/**
 * Compiles a JSON Schema (2020-12) to a function without generating code: it runs where the content security policy
 * forbids `eval`, in the browser as on the server, and gives every finding with its pointer and its words in both languages.
 *
 * It knows the keywords that the schemas of this product use, and refuses others rather than ignoring them.
 * A test holds its verdicts against those of ajv.
 *
 * @throws Error when the schema uses a keyword, format or reference that is not known: a mistake in the program
 */
export function compileSchema(schema: JsonSchema): SchemaCheck {
  const check = compilerOf(schema).compile(schema);
  return (value) => {
    const run: Run = { findings: [], depth: 0 };
    check(value, "", run);
    return run.findings;
  };
}

function compilerOf(root: JsonSchema): Compiler {
  const definitions = (root.$defs ?? {}) as Readonly<Record<string, JsonSchema>>;
  const compiled = new Map<string, Check>();
  const find = (reference: string): JsonSchema => {
    const schema = definitions[reference.replace("#/$defs/", "")];
    if (!schema) throw new Error(`schema reference not known: ${reference}`);
    return schema;
  };
  const compiler: Compiler = {
    compile: (schema) => compile(schema, compiler),
    definition(reference) {
      find(reference);
      return () => {
        const check = compiled.get(reference) ?? compile(find(reference), compiler);
        compiled.set(reference, check);
        return check;
      };
    },
    resolve: (schema) =>
      isPlainObject(schema) && typeof schema.$ref === "string" ? find(schema.$ref) : (schema as JsonObject),
  };
  return compiler;
}

function compile(schema: Json, compiler: Compiler): Check {
  if (schema === true) return () => {};
  if (!isPlainObject(schema)) throw new Error(`not a schema: ${JSON.stringify(schema)}`);
  const checks: Check[] = [];
  for (const [name, argument] of Object.entries(schema as JsonSchema)) {
    if (name === "type" || SILENT.has(name) || (name.startsWith("x-") && name !== "x-rule")) continue;
    const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
    if (!keyword) throw new Error(`schema keyword not known: ${name}`);
    checks.push(keyword(argument, schema as JsonSchema, compiler));
  }
  const types = typesOf(schema as JsonSchema);
  return (value, pointer, run) => {
    if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
      run.findings.push(wrongType(types, pointer));
      return;
    }
    for (const check of checks) {
      if (run.findings.length >= MOST_FINDINGS) return;
      check(value, pointer, run);
    }
  };
}

function typesOf({ type }: JsonSchema): readonly JsonType[] {
  if (type === undefined) return [];
  return (Array.isArray(type) ? type : [type]) as readonly JsonType[];
}

function wrongType(types: readonly JsonType[], pointer: string): Finding {
  return finding("type", pointer, {
    expected: types.map((type) => TYPE_WORDS[type][0]).join(" or "),
    expectedZh: types.map((type) => TYPE_WORDS[type][1]).join("或"),
  });
}
