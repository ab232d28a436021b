import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { accessOf, type Context } from "@formwright/engine";
import { Problem, textIn } from "@formwright/model";
import ExcelJS from "exceljs";
import type { FastifyPluginAsync } from "fastify";
import type { App } from "../app.ts";
import { csvLine } from "../export/csv.ts";
import { type ExportColumn, type ExportRow, exportColumns, exportRows } from "../export/export-records.ts";
import { notFound } from "../http/problems.ts";
import { contextOf } from "../sign-in/workspace-scope.ts";
import { LIST_TEXT, type ListText, readListText, splitKeys } from "./list-query.ts";

const { filter, sort, fields, q, deleted } = LIST_TEXT.properties;

const EXPORT = {
  type: "object",
  additionalProperties: false,
  properties: { filter, sort, fields, q, deleted, format: { enum: ["csv", "xlsx"] } },
} as const;

/** A list as a file: all its pages, as the caller may see them. */
export function exportRoutes(app: App): FastifyPluginAsync {
  return async (server) => {
    server.get<{ Params: { entity: string }; Querystring: ListText & { format?: "csv" | "xlsx" } }>(
      "/records/:entity/export",
      { schema: { querystring: EXPORT } },
      async (request, reply) => {
        const context = contextOf(request);
        const { format = "csv", fields: wanted, ...list } = request.query;
        const entity = context.model.entities.get(request.params.entity);
        const access = entity && accessOf(context, entity);
        if (!entity || !access || access.reach("read") === "none") throw notFound();
        if (access.reach("export") === "none") {
          throw new Problem("forbidden", { en: "Your roles do not allow exports.", "zh-CN": "您的角色无权导出。" });
        }
        const columns = exportColumns(
          context,
          entity,
          wanted === undefined ? [] : splitKeys(wanted),
          (key) => access.field(key) === "hidden",
        );
        const rows = exportRows(app.database.kysely, context, entity, readListText(list), columns);
        // The first page is read before the answer begins, so that a wrong query still gets its problem.
        const first = await rows.next();
        const all = chain(first.done ? [] : [first.value], rows);
        const name = fileName(textIn(entity.label, context.locale, entity.key), context, format);
        reply.header("content-disposition", name);
        if (format === "csv") return reply.type("text/csv; charset=utf-8").send(Readable.from(csv(columns, all)));
        reply.type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        return reply.send(xlsx(columns, all));
      },
    );
  };
}

async function* chain(first: readonly ExportRow[], rest: AsyncIterable<ExportRow>): AsyncGenerator<ExportRow> {
  yield* first;
  yield* rest;
}

/** With a byte order mark: without it, Excel takes UTF-8 for something else. */
async function* csv(columns: readonly ExportColumn[], rows: AsyncIterable<ExportRow>): AsyncGenerator<string> {
  yield `\ufeff${csvLine(columns.map(({ label }) => label))}`;
  for await (const { texts } of rows) yield csvLine(texts);
}

function xlsx(columns: readonly ExportColumn[], rows: AsyncIterable<ExportRow>): Readable {
  const stream = new PassThrough();
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream });
  const sheet = workbook.addWorksheet("Export", { views: [{ state: "frozen", ySplit: 1 }] });
  const write = async () => {
    sheet.addRow(columns.map(({ label }) => label)).commit();
    for await (const { values } of rows) {
      sheet.addRow([...values]).commit();
      if (stream.writableNeedDrain) await once(stream, "drain");
    }
    sheet.commit();
    await workbook.commit();
  };
  write().catch((error: Error) => stream.destroy(error));
  return stream;
}

function fileName(label: string, context: Context, format: string): string {
  const day = context.now.slice(0, 10);
  const plain = label.replace(/[^\w -]+/g, "").trim() || "export";
  return `attachment; filename="${plain} ${day}.${format}"; filename*=UTF-8''${encodeURIComponent(`${label} ${day}.${format}`)}`;
}
