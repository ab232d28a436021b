export { type SearchHit, type SearchResult, searchAll } from "./search-all.ts";
export { searchFields } from "./search-text.ts";
