/** Why a release failed: what AWS says about it is collected, and then judged by the catalogue. */
export { catalogue } from "./catalogue/load";
export { collect } from "./collect/collect";
export { judge } from "./judge/judge";
