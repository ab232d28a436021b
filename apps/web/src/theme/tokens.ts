/**
 * The look in one place: paper, ink and pine, with amber for what wants attention. antd's theme and the CSS variables
 * both come from here. Text colours reach 4.5 : 1 on every surface they are used on.
 */
export const colors = {
  paper: "#f4f2ec",
  paperDeep: "#e9e6dc",
  surface: "#ffffff",
  surfaceSunken: "#faf9f5",
  line: "#e2dfd5",
  lineStrong: "#c9c5b8",
  ink: "#1b2421",
  inkSoft: "#4c5752",
  inkFaint: "#66706b",
  primary: "#0b6655",
  primaryDeep: "#084c40",
  primarySoft: "#e2efeb",
  amber: "#8a5a00",
  amberSoft: "#fbf0d9",
  red: "#b3261e",
  redSoft: "#fbe9e7",
  green: "#2c6e2f",
  greenSoft: "#e6f2e4",
  blue: "#1d5f96",
  blueSoft: "#e3eef7",
} as const;

export const space = { xs: 4, sm: 8, md: 12, lg: 16, xl: 24, xxl: 32 } as const;
export const radius = { sm: 4, md: 6, lg: 10 } as const;
export const fonts = {
  text: '"Inter", "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif',
  code: '"JetBrains Mono", "SFMono-Regular", Consolas, "Noto Sans Mono CJK SC", monospace',
} as const;

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The tokens as CSS custom properties: `--color-primary`, `--space-md`, `--radius-lg`, `--font-text`, `--choice-green-soft`. */
export function cssVariables(): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(colors)) variables[`--color-${kebab(name)}`] = value;
  for (const [name, value] of Object.entries(space)) variables[`--space-${name}`] = `${value}px`;
  for (const [name, value] of Object.entries(radius)) variables[`--radius-${name}`] = `${value}px`;
  for (const [name, value] of Object.entries(fonts)) variables[`--font-${name}`] = value;
  for (const [name, { soft, text, dot }] of Object.entries(NAMED_COLORS)) {
    variables[`--choice-${name}-soft`] = soft;
    variables[`--choice-${name}-text`] = text;
    variables[`--choice-${name}-dot`] = dot;
  }
  return variables;
}

/** Named colours that definitions may use for choices, stages, apps: a soft ground, a strong text, a dot. */
export const NAMED_COLORS: Readonly<
  Record<string, { readonly soft: string; readonly text: string; readonly dot: string }>
> = {
  gray: { soft: "#edebe4", text: "#4c5752", dot: "#8a928e" },
  red: { soft: "#fbe9e7", text: "#9f2019", dot: "#cf4037" },
  orange: { soft: "#fdeedd", text: "#8a4a08", dot: "#dd8329" },
  amber: { soft: "#fbf0d9", text: "#7a5000", dot: "#dca22b" },
  gold: { soft: "#fbf0d9", text: "#7a5000", dot: "#dca22b" },
  yellow: { soft: "#f9f3cf", text: "#665600", dot: "#cbb31e" },
  lime: { soft: "#f0f5d6", text: "#4f5f0c", dot: "#94ae25" },
  green: { soft: "#e6f2e4", text: "#27632a", dot: "#4a9a4e" },
  teal: { soft: "#dff1ee", text: "#0a5c50", dot: "#189a86" },
  cyan: { soft: "#dff1f6", text: "#125a6c", dot: "#2b9fba" },
  blue: { soft: "#e3eef7", text: "#1b5788", dot: "#3b87c4" },
  geekblue: { soft: "#e8eaf8", text: "#3c459b", dot: "#6470cf" },
  volcano: { soft: "#fce9e0", text: "#93400f", dot: "#d9673a" },
  indigo: { soft: "#e8eaf8", text: "#3c459b", dot: "#6470cf" },
  purple: { soft: "#f0e8f8", text: "#65388f", dot: "#935fc4" },
  magenta: { soft: "#f9e6f1", text: "#8f2663", dot: "#c7529a" },
  pink: { soft: "#f9e6f1", text: "#8f2663", dot: "#c7529a" },
  brown: { soft: "#f1e9e1", text: "#6b4526", dot: "#a4774f" },
};

/** The colours behind a name that a definition gives; gray for none and for a name that is not known. */
export function namedColor(name: string | undefined): {
  readonly soft: string;
  readonly text: string;
  readonly dot: string;
} {
  return (name !== undefined && NAMED_COLORS[name]) || { soft: "#edebe4", text: "#4c5752", dot: "#8a928e" };
}
