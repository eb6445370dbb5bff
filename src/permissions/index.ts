export { provePermissions, type Progress } from "./prove";
export { policiesJson, type Policies } from "./read/policies";
export { stalePlaces, type Files, type StalePlace } from "../synthesis/stale";
export { policiesOfStacks } from "./read/synthesis";
export { reportHtml } from "./report/page";
export { reportJson, type Report } from "./report/report";
export { summaryText, tableText, type Paint } from "./report/summary";
