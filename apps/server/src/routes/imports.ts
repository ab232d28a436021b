import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { accessOf, addImport, type Context, readImport, type StoredImport, startImport } from "@formwright/engine";
import { type Entity, Problem, textIn } from "@formwright/model";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import type { App } from "../app.ts";
import { csvLine } from "../export/csv.ts";
import { notFound } from "../http/problems.ts";
import { type FailedRow, importFiles, keepFiles, makeFolder } from "../import/import-files.ts";
import { type ImportDetail, noProgress } from "../import/import-run.ts";
import { type ImportPlan, PLAN_SCHEMA, resolveMapping } from "../import/mapping.ts";
import { readUpload } from "../import/read-upload.ts";
import { suggestMapping } from "../import/suggest-mapping.ts";
import { asJson, type ImportFinding } from "../import/table-columns.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";

type Import = { Params: { entity: string; job: string } };

/** Upload, mapping, dry run, run, report. */
export function importRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    const { kysely: db } = app.database;
    const filesOf = (context: Context, id: string) => importFiles(app.settings.dataDir, context.workspace.id, id);

    server.post<{ Params: { entity: string } }>(
      "/records/:entity/import",
      { config: { takesAnyBody: true, repeatable: true } },
      async (request, reply) => {
        const context = contextOf(request);
        const entity = importable(context, request.params.entity);
        const id = context.newId();
        const files = filesOf(context, id);
        await makeFolder(files);
        try {
          const fileName = await receive(request, files.source);
          const upload = await readUpload(files.source, files.rows);
          const detail: ImportDetail = {
            encoding: upload.encoding,
            columns: upload.columns,
            rows: upload.rows,
            notes: upload.findings,
          };
          await addImport(db, context, { id, entity: entity.key, fileName, detail: asJson(detail) });
          const suggestions = suggestMapping(entity, upload.columns);
          reply.code(201).header("location", `/api/v1/w/${context.workspace.slug}/records/${entity.key}/import/${id}`);
          return {
            job: id,
            fileName,
            columns: upload.columns.map((column) => ({
              ...column,
              suggestion: suggestions.get(column.index) ?? null,
            })),
            rows: upload.rows,
            encoding: upload.encoding,
            findings: upload.findings.map((finding) => said(finding, context)),
          };
        } catch (error) {
          await rm(files.folder, { recursive: true, force: true });
          throw error;
        } finally {
          await rm(files.source, { force: true });
        }
      },
    );

    for (const [action, state, phase] of [
      ["dry-run", "checking", "dryRun"],
      ["run", "running", "run"],
    ] as const) {
      server.post<Import & { Body: Partial<ImportPlan> & Pick<ImportPlan, "mapping"> }>(
        `/records/:entity/import/:job/${action}`,
        { schema: { body: PLAN_SCHEMA } },
        async (request, reply) => {
          const context = contextOf(request);
          const entity = importable(context, request.params.entity);
          const stored = await find(app, context, request);
          const detail = stored.detail as unknown as ImportDetail;
          const plan: ImportPlan = { mode: "create", ...request.body };
          resolveMapping(entity, detail.columns, plan);
          await keepFiles(filesOf(context, stored.id), new Date());
          const progress = noProgress(phase, detail.rows);
          await startImport(db, context, stored.id, state, asJson({ plan, progress, problem: null }));
          return reply.code(202).send({ job: stored.id, state, phase, done: 0, total: detail.rows });
        },
      );
    }

    server.get<Import>("/records/:entity/import/:job", async (request) => {
      const context = contextOf(request);
      return present(await find(app, context, request), context);
    });

    server.get<Import>("/records/:entity/import/:job/report", async (request, reply) => {
      const context = contextOf(request);
      const stored = await find(app, context, request);
      const detail = stored.detail as unknown as ImportDetail;
      const { failed } = filesOf(context, stored.id);
      const headers = detail.columns.map(({ header }) => header);
      reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="import-${stored.id}.csv"`);
      return reply.send(Readable.from(report(failed, headers, context)));
    });
  };
}

async function receive(request: FastifyRequest, path: string): Promise<string> {
  if (!request.isMultipart()) {
    throw new Problem("unsupported", {
      en: "Send the file as multipart/form-data.",
      "zh-CN": "请以 multipart/form-data 上传文件。",
    });
  }
  const file = await request.file();
  if (!file) throw new Problem("invalid", { en: "Send one file.", "zh-CN": "请上传一个文件。" });
  await pipeline(file.file, createWriteStream(path));
  if (file.file.truncated) {
    throw new Problem("tooLarge", { en: "The file is larger than 100 MB.", "zh-CN": "文件超过 100 MB。" });
  }
  return file.filename.slice(0, 200);
}

function importable(context: Context, key: string): Entity {
  const entity = context.model.entities.get(key);
  const access = entity && accessOf(context, entity);
  if (!entity || access?.reach("read") === "none") throw notFound();
  if (access?.reach("import") === "none") {
    throw new Problem("forbidden", { en: "Your roles do not allow imports here.", "zh-CN": "您的角色无权导入。" });
  }
  return entity;
}

async function find(app: App, context: Context, request: FastifyRequest<Import>): Promise<StoredImport> {
  const stored = await readImport(app.database.kysely, context, request.params.job);
  if (stored.entity !== request.params.entity) throw notFound();
  return stored;
}

function present(stored: StoredImport, context: Context) {
  const detail = stored.detail as unknown as ImportDetail;
  const progress = detail.progress ?? noProgress("dryRun", detail.rows);
  return {
    job: stored.id,
    entity: stored.entity,
    fileName: stored.fileName,
    state: stored.state,
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    ...progress,
    findings: progress.findings.map((finding) => said(finding, context)),
    plan: detail.plan ?? null,
    problem: detail.problem ?? null,
  };
}

function said({ message, ...finding }: ImportFinding, context: Context) {
  return { ...finding, message: textIn(message, context.locale) };
}

/** Every row that failed, with its cells as they came: to be corrected and imported again. */
async function* report(failed: string, headers: readonly string[], context: Context): AsyncGenerator<string> {
  const isChinese = context.locale === "zh-CN";
  yield `\ufeff${csvLine([isChinese ? "行号" : "Row", isChinese ? "问题" : "Problems", ...headers])}`;
  if (!existsSync(failed)) return;
  const seen = new Set<number>();
  for await (const line of createInterface({ input: createReadStream(failed) })) {
    const failure = failedRow(line);
    if (!failure || seen.has(failure.row)) continue; // cut off, or said again after the run was cut off
    const { row, cells, findings } = failure;
    seen.add(row);
    const words = findings.map(
      ({ column, message }) => `${column ? `${column}: ` : ""}${textIn(message, context.locale)}`,
    );
    yield csvLine([String(row), words.join(" "), ...cells]);
  }
}

/** Null for an empty line, and for one that ends where the server was killed. */
function failedRow(line: string): FailedRow | null {
  try {
    return line === "" ? null : (JSON.parse(line) as FailedRow);
  } catch {
    return null;
  }
}
