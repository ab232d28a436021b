export type { App } from "./app.ts";
export { type BuildOptions, type BuiltServer, buildServer } from "./build-server.ts";
export { type Background, startBackground } from "./jobs/background.ts";
export { BadSetting, parseSettings, type Settings } from "./settings.ts";
export { type RunningServer, startServer } from "./start/start-server.ts";
