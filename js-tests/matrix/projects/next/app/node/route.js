import { run } from "../../program/run.js";

export const runtime = "nodejs";

export const POST = async (request) => Response.json(await run(await request.json()));
