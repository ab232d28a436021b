export type MessageParams = Readonly<Record<string, string | number>>;

/**
 * Puts parameters into a message: `{name}` is replaced, `{n|day|days}` chooses the first text when n is 1 and the
 * second otherwise (a `#` in it is the number). An unknown name stays as it is written.
 */
export function formatMessage(message: string, params: MessageParams = {}): string {
  return message.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, other?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (one === undefined || other === undefined) return String(value);
    return (Number(value) === 1 ? one : other).replaceAll("#", String(value));
  });
}
