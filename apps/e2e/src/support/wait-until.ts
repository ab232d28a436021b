/**
 * Asks again and again until the answer is there.
 *
 * @param ask gives null or undefined while it is not
 * @param what named in the error
 * @param withinMs how long to ask
 * @throws Error when the time is over
 */
export async function waitUntil<T>(
  ask: () => Promise<T | null | undefined>,
  what: string,
  withinMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
