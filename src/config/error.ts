export { ConfigError } from "../errors";
