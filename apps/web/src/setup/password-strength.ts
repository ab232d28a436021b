/** What the server takes as a minimum. */
const MIN_LENGTH = 10;

/**
 * How well a password stands against guessing, roughly: by its length and by how many different characters it has.
 * Length counts more than odd characters do.
 */
export function passwordStrength(password: string): "weak" | "fair" | "strong" {
  const length = [...password].length;
  const different = new Set(password).size;
  if (length < MIN_LENGTH || different < 5) return "weak";
  return length >= 14 && different >= 8 ? "strong" : "fair";
}
