import { SCHEMA } from "../tables/formwright-api.ts";

const opportunity = `${SCHEMA}.opportunity`;

/** Who asks: their department and all below it. */
export const person = `
  with recursive tree as (
    select d.id from ${SCHEMA}.member m join ${SCHEMA}.department d on d.id = m.department where m.id = $1
    union all select d.id from ${SCHEMA}.department d join tree on d.parent = tree.id)
  select m.id, m.name, m.department, (select array_agg(id) from tree) as tree from ${SCHEMA}.member m where m.id = $1`;

const visible = (tree: string, me: string) =>
  `o.deleted_at is null and (o.owner_department = any(${tree}::uuid[]) or o.owner = ${me}::uuid)`;

const NAMES = `c.name as customer_name, m.name as owner_name`;
const JOINS = `left join ${SCHEMA}.customer c on c.id = o.customer left join ${SCHEMA}.member m on m.id = o.owner`;
const LISTED = `o.id, o.version, o.code, o.name, o.customer, o.stage, o.amount, o.close_plan, o.source, o.owner, o.created_at`;

export const get = `select o.*, ${NAMES}, p.name as product_name from ${opportunity} o ${JOINS}
  left join ${SCHEMA}.product p on p.id = o.product
  where o.id = $1 and ${visible("$2", "$3")}`;

export const byStage = `select ${LISTED}, ${NAMES} from (
    select o.* from ${opportunity} o where o.stage = $1 and ${visible("$2", "$3")}
    order by o.amount desc nulls last, o.id desc limit 50) o ${JOINS}
  order by o.amount desc nulls last, o.id desc`;

export const countByStage = `select count(*)::int as n from ${opportunity} o where o.stage = $1 and ${visible("$2", "$3")}`;

export const newest = `select ${LISTED}, ${NAMES} from (
    select o.* from ${opportunity} o where ${visible("$1", "$2")}
    order by o.created_at desc, o.id desc limit 50 offset $3::int) o ${JOINS}
  order by o.created_at desc, o.id desc`;

/** Over the index of letter pairs that the table has; trigrams do not serve two characters. */
export const search = `with hits as materialized (
    select o.* from ${opportunity} o
    where ${SCHEMA}.fw_bigrams(SEARCHED) @> ${SCHEMA}.fw_bigrams(lower($1)) and o.name like '%' || $1 || '%' and ${visible("$2", "$3")})
  select ${LISTED}, ${NAMES} from (select * from hits o order by o.created_at desc, o.id desc limit 50) o ${JOINS}
  order by o.created_at desc, o.id desc`.replace(
  "SEARCHED",
  `lower(coalesce(o.name::text, '') || ' ' || coalesce(o.code::text, '') || ' ' || coalesce(o.next_step::text, '') || ' ' || coalesce(o.external_id::text, ''))`,
);

export const aggregate = `select o.stage, count(*)::int as n, sum(o.amount) as total from ${opportunity} o
  where ${visible("$1", "$2")} group by o.stage order by o.stage`;

const EVENT = `insert into ${SCHEMA}.fw_event (at, actor, actor_name, door, request_id, entity, record_id, kind, changes)`;
const JOB = `insert into ${SCHEMA}.fw_job (id, kind, payload, run_at, dedupe_key)`;

export const create = `
  with number as (
    insert into ${SCHEMA}.fw_counter as c (entity, field, period, value) values ('opportunity', 'code', 'HAND', 1)
    on conflict (entity, field, period) do update set value = c.value + 1 returning value),
  made as (
    insert into ${opportunity} (id, code, name, customer, pipeline, stage, stage_since, amount, close_plan, source,
      owner, owner_department, created_at, created_by, updated_at, updated_by, version)
    select $1::uuid, 'HAND-' || lpad(number.value::text, 6, '0'), $2::text, $3::uuid, 'default', $4::text, now(), $5::numeric,
      $6::date, $7::text, $8::uuid, $9::uuid, now(), $8::uuid, now(), $8::uuid, 1 from number returning *),
  logged as (${EVENT} select now(), $8::uuid, $10::text, 'api', $11::text, 'opportunity', id, 'created', $12::jsonb from made),
  later as (${JOB} select t.id, 'timer', jsonb_build_object('record', made.id), now() + interval '14 days', 'hand:' || t.id
    from made, unnest($13::uuid[]) as t (id))
  select o.*, ${NAMES} from made o ${JOINS}`;

export const update = `
  with old as (select o.id, o.amount from ${opportunity} o where o.id = $1::uuid and ${visible("$2", "$3")} for update),
  made as (
    update ${opportunity} o set amount = $4::numeric, updated_at = now(), updated_by = $3::uuid, version = version + 1
    from old where o.id = old.id returning o.*),
  logged as (${EVENT} select now(), $3::uuid, $5::text, 'api', $6::text, 'opportunity', made.id, 'updated',
    jsonb_build_object('amount', jsonb_build_array(old.amount, made.amount)) from made join old on old.id = made.id),
  later as (${JOB} select t.id, 'timer', jsonb_build_object('record', made.id), now() + interval '14 days', 'hand:' || t.id
    from made, unnest($7::uuid[]) as t (id))
  select o.*, ${NAMES} from made o ${JOINS}`;

export const bulk = `
  with given as (
    select * from rows from (jsonb_to_recordset($1::jsonb) as (id uuid, name text, customer uuid, stage text,
      amount numeric, close_plan date, source text, timers uuid[])) with ordinality
      as g (id, name, customer, stage, amount, close_plan, source, timers, place)),
  number as (
    insert into ${SCHEMA}.fw_counter as c (entity, field, period, value) values ('opportunity', 'code', 'HAND', $6::int)
    on conflict (entity, field, period) do update set value = c.value + $6::int returning value),
  made as (
    insert into ${opportunity} (id, code, name, customer, pipeline, stage, stage_since, amount, close_plan, source,
      owner, owner_department, created_at, created_by, updated_at, updated_by, version)
    select g.id, 'HAND-' || lpad((number.value - $6::int + g.place)::text, 6, '0'), g.name, g.customer, 'default',
      coalesce(g.stage, 'contacted'), now(), g.amount, g.close_plan, g.source, $2::uuid, $3::uuid, now(), $2::uuid, now(), $2::uuid, 1
    from given g, number returning id),
  logged as (${EVENT} select now(), $2::uuid, $4::text, 'import', $5::text, 'opportunity', g.id, 'created',
    jsonb_build_object('name', jsonb_build_array(null, g.name), 'customer', jsonb_build_array(null, g.customer),
      'amount', jsonb_build_array(null, g.amount)) from given g),
  later as (${JOB} select t.id, 'timer', jsonb_build_object('record', g.id), now() + interval '14 days', 'hand:' || t.id
    from given g, unnest(g.timers) as t (id))
  select id from made`;
