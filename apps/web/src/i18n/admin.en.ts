/** Texts of the pages for administrators. */
export const admin = {
  title: "Administration",
} as const;
