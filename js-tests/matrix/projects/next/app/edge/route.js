import { run } from "../../program/run.js";

export const runtime = "edge";

export const POST = async (request) => Response.json(await run(await request.json()));
