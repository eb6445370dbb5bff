export { provePermissions } from "./prove";
export { policiesJson, type Policies } from "./read/policies";
export { policiesOfStacks } from "./read/synthesis";
export { reportHtml } from "./report/page";
export { reportJson, type Report } from "./report/report";
export { summaryText, tableText, type Paint } from "./report/summary";
