import { makeProxy } from "./program/proxy.js";

let proxy;

export default {
  fetch(request, env) {
    proxy ??= makeProxy(JSON.parse(env.SETTINGS));
    return proxy.fetch(request);
  },
};
