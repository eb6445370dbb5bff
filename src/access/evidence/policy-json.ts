export * from "../../permissions/read/policy-json";
