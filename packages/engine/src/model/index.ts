export { currentRelease, forgetModel, loadModel, readDefinitions, readModel } from "./load-model.ts";
export { onCurrentModel } from "./on-current-model.ts";
export { type Property, propertiesOf, targetOf, walkPath } from "./paths.ts";
export { conditionSql, scopeOf, valueSql, visibleScope } from "./rule-sql.ts";
