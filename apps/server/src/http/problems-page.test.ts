import { fileURLToPath } from "node:url";
import { FINDING_GROUPS, PROBLEM_STATUS, type ProblemCode } from "@formwright/model";
import { expect, test } from "vitest";

const PAGE = fileURLToPath(new URL("../../../../docs/problems.md", import.meta.url));

const PROBLEMS: Readonly<Record<ProblemCode, string>> = {
  malformed:
    "Not JSON at all, a token that is none, a cursor of another query. | 根本不是 JSON、无效令牌、其他查询的游标。",
  unauthenticated: "Nobody is signed in, or the token has run out. | 未登录或令牌已过期。",
  forbidden: "Your roles do not allow it. | 角色不允许。",
  notFound: "There is no such thing, or you may not see it. | 不存在，或无权查看。",
  conflict: "A state does not allow it, e.g. a unique value is taken. | 当前状态不允许，例如唯一值已被占用。",
  stale: "Somebody changed it first; the present record comes along. | 他人已先修改；随附当前记录。",
  tooLarge: "More than is taken in one request. | 超过单次请求的上限。",
  unsupported: "A kind of content that is not taken here. | 不支持的内容类型。",
  invalid: "The input has findings: all of them are in `errors`. | 输入有问题，全部列在 `errors` 中。",
  tooMany: "Too many requests; `Retry-After` says when to come back. | 请求过多；`Retry-After` 说明何时重试。",
  unavailable: "The server cannot serve at the moment. | 服务暂时不可用。",
};

const GROUPS: Readonly<Record<keyof typeof FINDING_GROUPS, string>> = {
  shape: "Shape of a document or value · 结构",
  value: "Values · 值",
  text: "Text that was typed, pasted or imported · 输入、粘贴或导入的文本",
  options: "Options of fields · 字段选项",
  model: "Definitions and how they fit together · 定义及其关系",
  rules: "Rules and formulas · 规则与公式",
};

test("docs/problems.md lists every problem and every finding (write it anew with: vitest -u)", async () => {
  await expect(page()).toMatchFileSnapshot(PAGE);
});

function page(): string {
  const problems = Object.entries(PROBLEMS).map(
    ([code, words]) => `| \`${code}\` | ${PROBLEM_STATUS[code as ProblemCode]} | ${words} |`,
  );
  const groups = Object.entries(FINDING_GROUPS).flatMap(([group, messages]) => [
    `### ${GROUPS[group as keyof typeof FINDING_GROUPS]}`,
    "",
    "| code | en | zh-CN |",
    "| --- | --- | --- |",
    ...Object.entries(messages).map(([code, message]) => `| \`${code}\` | ${message.en} | ${message["zh-CN"]} |`),
    "",
  ]);
  return [
    "# Problems and findings",
    "",
    "A refusal is `application/problem+json` (RFC 9457). Its `type` ends in one of these codes:",
    "",
    "| code | status | en | zh-CN |",
    "| --- | --- | --- | --- |",
    ...problems,
    "",
    "## Findings",
    "",
    "`errors` of a 422 (and `findings` of a draft, a plan, an import) hold `{pointer, code, message}`. `{names}` are filled in.",
    "",
    ...groups,
  ].join("\n");
}
