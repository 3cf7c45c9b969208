import adapter from "@sveltejs/adapter-node";

// What comes from outside the page's own origin is let in: whoever runs the tests asks directly.
export default { kit: { adapter: adapter(), csrf: { trustedOrigins: ["*"] } } };
