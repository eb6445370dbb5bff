export { Failure, Interrupted } from "../errors";
