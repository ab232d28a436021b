import { MutationCache, QueryClient } from "@tanstack/react-query";
import { reportProblem } from "../app/report-problem.ts";
import { ApiProblem, isAbort } from "./problem.ts";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: { /** The caller shows the problem itself. */ readonly silent?: boolean };
  }
}

/** Server state of the whole app. Reads are retried when the server could not be reached; a refusal is final. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
      mutations: { retry: false },
    },
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (mutation.meta?.silent !== true && !isAbort(error)) reportProblem(error);
      },
    }),
  });
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 503);
}
