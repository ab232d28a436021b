/** A person: their mark and their name. */
export function PersonName({ name }: { readonly name: string }) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 6, maxWidth: "100%" }}>
      <span
        aria-hidden
        style={{
          flex: "0 0 auto",
          display: "inline-flex",
          alignItems: "center",
          justifyContent: "center",
          width: 20,
          height: 20,
          borderRadius: "50%",
          fontSize: 10,
          fontWeight: 600,
          background: "var(--color-primary-soft, #e2efeb)",
          color: "var(--color-primary-deep, #084c40)",
        }}
      >
        {markOf(name)}
      </span>
      <span style={{ overflow: "hidden", textOverflow: "ellipsis" }}>{name}</span>
    </span>
  );
}

/** The first letter of a name; of a Chinese name the last character, by which people are told apart. */
export function markOf(name: string): string {
  const characters = [...name.trim()];
  const isHan = /\p{Script=Han}/u.test(name);
  return ((isHan ? characters.at(-1) : characters[0]) ?? "?").toUpperCase();
}
