// The SDK's announcement of its future releases is no matter of a test's.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
