const KEY = "formwright.workspace";

/** The slug of the workspace that this device looked at last. */
export function lastWorkspace(): string | null {
  return localStorage.getItem(KEY);
}

export function rememberWorkspace(slug: string): void {
  localStorage.setItem(KEY, slug);
}
