export {
  type InstalledTemplate,
  type InstallOptions,
  installedTemplates,
  installTemplate,
} from "./install-template.ts";
