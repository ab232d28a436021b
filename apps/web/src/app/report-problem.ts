type Reporter = (error: unknown) => void;

let reporter: Reporter = (error) => console.error(error);

/** Shows an error to the person: what went wrong, in words, with every finding. */
export function reportProblem(error: unknown): void {
  reporter(error);
}

/** Called once by the provider that owns the notifications. */
export function setReporter(next: Reporter): void {
  reporter = next;
}
