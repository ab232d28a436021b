import { type LocalText, PROBLEM_STATUS, Problem, type ProblemCode, textIn } from "@formwright/model";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { localeOf } from "./locale.ts";

const TITLES: Readonly<Record<ProblemCode | "internal", LocalText>> = {
  invalid: { en: "Not valid", "zh-CN": "内容有误" },
  unauthenticated: { en: "Not signed in", "zh-CN": "未登录" },
  forbidden: { en: "Not allowed", "zh-CN": "没有权限" },
  notFound: { en: "Not found", "zh-CN": "未找到" },
  conflict: { en: "Conflict", "zh-CN": "冲突" },
  stale: { en: "Changed meanwhile", "zh-CN": "数据已被更改" },
  tooLarge: { en: "Too large", "zh-CN": "内容过大" },
  unsupported: { en: "Unsupported format", "zh-CN": "不支持的格式" },
  tooMany: { en: "Too many requests", "zh-CN": "请求过于频繁" },
  malformed: { en: "Malformed request", "zh-CN": "请求格式错误" },
  unavailable: { en: "Not available right now", "zh-CN": "暂时无法使用" },
  internal: { en: "Something went wrong", "zh-CN": "出错了" },
};

const INTERNAL: LocalText = {
  en: "The server could not do this. It is written in the log under the request id.",
  "zh-CN": "服务器处理失败，日志中可按请求编号查到原因。",
};

/** Presents every error as RFC 9457, in the caller's language, with the request id and nothing internal. */
export function presentProblems(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const problem = error instanceof Problem ? error : problemOf(error);
    if (!problem) {
      request.log.error({ err: error }, "request failed");
      return sendInternal(request, reply);
    }
    request.log.debug({ code: problem.code }, problem.message);
    return sendProblem(request, reply, problem);
  });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const status = PROBLEM_STATUS[problem.code];
  const body = JSON.stringify({ status, ...bodyOfProblem(problem, localeOf(request)), requestId: request.id });
  return reply.code(status).type("application/problem+json").send(body);
}

/** A problem as it is sent, without what belongs to one request: also for one row of a bulk answer. */
export function bodyOfProblem(problem: Problem, locale: ReturnType<typeof localeOf>): Record<string, unknown> {
  return {
    type: `urn:formwright:problem:${problem.code}`,
    title: textIn(TITLES[problem.code], locale),
    status: PROBLEM_STATUS[problem.code],
    detail: textIn(problem.detail, locale),
    code: problem.code,
    ...(problem.errors.length > 0 && {
      errors: problem.errors.map(({ message, severity, ...finding }) => ({
        ...finding,
        message: textIn(message, locale),
        ...(severity === "warning" && { severity }),
      })),
    }),
    ...problem.extra,
  };
}

function sendInternal(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = localeOf(request);
  const body = {
    type: "urn:formwright:problem:internal",
    title: textIn(TITLES.internal, locale),
    status: 500,
    detail: textIn(INTERNAL, locale),
    code: "internal",
    requestId: request.id,
  };
  return reply.code(500).type("application/problem+json").send(JSON.stringify(body));
}

type Translation = readonly [code: ProblemCode, detail: LocalText];

const BUSY: LocalText = { en: "The database does not answer. Try again.", "zh-CN": "数据库没有响应，请重试。" };
const COLLIDED: LocalText = {
  en: "Somebody changed the same data at this moment. Try again.",
  "zh-CN": "有人正在修改相同的数据，请重试。",
};
const BAD_TEXT: LocalText = {
  en: "A text holds a character that cannot be kept.",
  "zh-CN": "文本含有无法保存的字符。",
};
const TOO_SLOW: LocalText = {
  en: "This takes too long. Narrow it down and try again.",
  "zh-CN": "查询时间过长，请缩小范围后重试。",
};

/** What Fastify, its plugins and PostgreSQL refuse, by their codes. */
const BY_CODE: Readonly<Record<string, Translation>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: ["malformed", { en: "The body is not JSON.", "zh-CN": "请求正文不是 JSON。" }],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["malformed", { en: "The body is empty.", "zh-CN": "请求正文为空。" }],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    "malformed",
    { en: "The body is not as long as announced.", "zh-CN": "请求正文长度与声明不符。" },
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ["tooLarge", { en: "The body is too large.", "zh-CN": "请求正文过大。" }],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "unsupported",
    { en: "Send application/json.", "zh-CN": "请以 application/json 发送。" },
  ],
  FST_REQ_FILE_TOO_LARGE: ["tooLarge", { en: "The file is too large.", "zh-CN": "文件过大。" }],
  FST_FILES_LIMIT: ["invalid", { en: "Send one file.", "zh-CN": "请只上传一个文件。" }],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [
    "unsupported",
    { en: "Send the file as multipart/form-data.", "zh-CN": "请以 multipart/form-data 上传文件。" },
  ],
  FST_ERR_RATE_LIMIT: [
    "tooMany",
    { en: "Too many requests. Wait a moment and try again.", "zh-CN": "请求过于频繁，请稍后再试。" },
  ],
  "22021": ["invalid", BAD_TEXT],
  "22P05": ["invalid", BAD_TEXT],
  "40001": ["conflict", COLLIDED],
  "40P01": ["conflict", COLLIDED],
  "55P03": ["conflict", COLLIDED],
  "57014": ["unavailable", TOO_SLOW],
  "53300": ["unavailable", BUSY],
  "57P01": ["unavailable", BUSY],
  "57P02": ["unavailable", BUSY],
  "57P03": ["unavailable", BUSY],
  "08006": ["unavailable", BUSY],
  "08003": ["unavailable", BUSY],
  ECONNREFUSED: ["unavailable", BUSY],
  ECONNRESET: ["unavailable", BUSY],
};

function problemOf(error: FastifyError): Problem | null {
  const known = BY_CODE[error.code];
  if (known) return new Problem(...known);
  if (error.statusCode === 429) return new Problem(...(BY_CODE.FST_ERR_RATE_LIMIT as Translation));
  if (error.statusCode === 400) {
    return new Problem("malformed", { en: "The request cannot be read.", "zh-CN": "无法解析该请求。" });
  }
  return null;
}

export function notFound(): Problem {
  return new Problem("notFound", { en: "There is no such thing here.", "zh-CN": "没有找到。" });
}
