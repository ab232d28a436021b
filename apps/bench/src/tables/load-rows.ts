import type pg from "pg";
import { type Organisation, SCHEMA } from "./formwright-api.ts";

/** The word that one opportunity in 1,600 has in its name. */
export const RARE_WORD = "海棠";
const RARE_EVERY = 1600;

/** Ids as the product makes them: version 7, in the order of their time. */
const NEW_ID = `(lpad(to_hex((extract(epoch from made) * 1000)::bigint), 12, '0') || '7' || substr(md5(n || 'a'), 1, 3)
  || '8' || substr(md5(n || 'b'), 1, 15))::uuid`;

/**
 * Fills the tables straight from SQL: customers, a fifth as many as opportunities, then the opportunities themselves,
 * spread over a year, stages, sources, amounts and sellers.
 */
export async function loadRows(pool: pg.Pool, rows: number, organisation: Organisation): Promise<void> {
  const { sellers } = organisation;
  const owners = [sellers.map((seller) => seller.id), sellers.map((seller) => seller.department)];
  const seller = `(abs(hashint4(n)) % cardinality($2::uuid[])) + 1`;
  await pool.query(
    `insert into ${SCHEMA}.customer (id, owner, owner_department, created_at, created_by, updated_at, updated_by, version,
       code, name, kind, tier, lifecycle, industry, phone)
     select ${NEW_ID}, ($2::uuid[])[seller], ($3::uuid[])[seller], made, ($2::uuid[])[seller], made, ($2::uuid[])[seller], 1,
       'CUS-B-' || lpad(n::text, 6, '0'),
       (array['上海','北京','广州','深圳','杭州','成都','武汉','南京'])[n % 8 + 1]
         || (array['远东','华信','天成','中科','新源','宏图','金桥','瑞丰'])[n / 8 % 8 + 1]
         || (array['科技','贸易','制造','物流','医疗'])[n / 64 % 5 + 1] || '有限公司' || n,
       'prospect', (array['a','b','c'])[n % 3 + 1], 'prospect', null, '13' || lpad((n * 7919 % 1000000000)::text, 9, '0')
     from (select n, ${seller} as seller, timestamptz '2026-01-01Z' + n * interval '20 seconds' as made
       from generate_series(1, $1::int) n) numbered`,
    [Math.max(1, Math.floor(rows / 5)), ...owners],
  );
  await pool.query(
    `with customers as (select array_agg(id order by id) as ids from ${SCHEMA}.customer)
     insert into ${SCHEMA}.opportunity (id, owner, owner_department, created_at, created_by, updated_at, updated_by, version,
       code, name, customer, pipeline, stage, stage_since, amount, probability, close_plan, source, next_step)
     select ${NEW_ID}, ($2::uuid[])[seller], ($3::uuid[])[seller], made, ($2::uuid[])[seller], made, ($2::uuid[])[seller], 1,
       'OPP-B-' || lpad(n::text, 7, '0'),
       (array['华东','华北','华南','西南','东北','西北'])[n % 6 + 1]
         || (array['数据平台','生产线','办公软件','安防系统','云主机','网络改造','仓储','会议室'])[n / 6 % 8 + 1]
         || (array['采购','升级','扩容','新建','维保'])[n / 48 % 5 + 1]
         || case when n % ${RARE_EVERY} = 7 then '${RARE_WORD}' else '' end || '项目' || n,
       customers.ids[abs(hashint4(n + 1)) % cardinality(customers.ids) + 1], 'default',
       (array['contacted','need_confirmed','solution','quoted','negotiation','won','lost'])[abs(hashint4(n + 2)) % 7 + 1],
       made, (abs(hashint4(n + 3)) % 100000000) / 100.0, abs(hashint4(n + 4)) % 101, date '2026-01-01' + abs(hashint4(n + 5)) % 365,
       (array['web','referral','expo','call'])[abs(hashint4(n + 6)) % 4 + 1], '电话回访'
     from (select n, ${seller} as seller, timestamptz '2026-02-01Z' + n * interval '60 seconds' as made
       from generate_series(1, $1::int) n) numbered, customers`,
    [rows, ...owners],
  );
  await pool.query(`vacuum analyze ${SCHEMA}.customer`);
  await pool.query(`vacuum analyze ${SCHEMA}.opportunity`);
}

/** Some ids that the manager sees, spread over the whole table. */
export async function sampleIds(pool: pg.Pool, organisation: Organisation): Promise<readonly string[]> {
  const seen = organisation.sellers.filter((seller) => seller.isSeen).map((seller) => seller.id);
  const { rows } = await pool.query<{ id: string }>(
    `select id from ${SCHEMA}.opportunity where owner = any($1::uuid[]) order by md5(id::text) limit 2000`,
    [seen],
  );
  return rows.map((row) => row.id);
}
