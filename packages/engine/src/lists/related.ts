import { Problem } from "@formwright/model";
import type { Rule } from "@formwright/rules";
import { accessOf } from "../access/compile-access.ts";
import type { Context, Db } from "../context.ts";
import { propertiesOf } from "../model/paths.ts";
import { entityOf, getRecordJson } from "../records/read-record.ts";
import type { ListQuery } from "./list-query.ts";
import { listRecordsJson } from "./list-records.ts";

/**
 * Records that refer to one: a list like any other, narrowed to it.
 *
 * @param field `<entity>.<reference field>`, or the field alone when only one entity has such a reference
 * @throws Problem `notFound` when the record cannot be read or nothing refers to its entity by that name
 */
export async function relatedJson(
  db: Db,
  ctx: Context,
  entityKey: string,
  id: string,
  field: string,
  query: ListQuery = {},
): Promise<string> {
  await getRecordJson(db, ctx, entityKey, id, { fields: [] });
  const { entity, key } = findRelation(ctx, entityKey, field);
  const mine: Rule = { "==": [{ var: key }, id] };
  const filter: Rule = query.filter ? { and: [mine, query.filter] } : mine;
  return listRecordsJson(db, ctx, entity, { ...query, filter });
}

function findRelation(ctx: Context, target: string, name: string): { entity: string; key: string } {
  entityOf(ctx, target);
  const found = [...ctx.model.entities.values()].flatMap((entity) =>
    [...propertiesOf(entity).values()].flatMap((property) => {
      const isNamed = name === `${entity.key}.${property.key}` || name === property.key;
      const isVisible = accessOf(ctx, entity).field(property.key) !== "hidden";
      return property.field && property.target === target && isNamed && isVisible
        ? [{ entity: entity.key, key: property.key }]
        : [];
    }),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new Problem("notFound", {
    en: `Nothing, or more than one thing, refers here by "${name}". Say <entity>.<field>.`,
    "zh-CN": `没有或有多个实体以“${name}”引用此记录，请写明 <实体>.<字段>。`,
  });
}
