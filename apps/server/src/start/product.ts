import { readFileSync } from "node:fs";

/** Where the product lies: the folder with apps, packages and templates. */
export const PRODUCT_FOLDER = new URL("../../../../", import.meta.url);

/** The version in the product's package.json. */
export const PRODUCT_VERSION: string = JSON.parse(
  readFileSync(new URL("package.json", PRODUCT_FOLDER), "utf8"),
).version;
