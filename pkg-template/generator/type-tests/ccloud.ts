import type { Call, FileAnswer, JobCall, PagedCall } from "hostwire";
import { Ccloud, type ServerDetail, type TaskID, type TasksGetStatus } from "hostwire/ccloud";
import { same } from "./equal.js";

const ccloud = new Ccloud({ clientId: "id", clientSecret: "secret" });
new Ccloud({ accessToken: "token" });
// @ts-expect-error the secret is missing
new Ccloud({ clientId: "id" });
// @ts-expect-error one or the other
new Ccloud({ clientId: "id", clientSecret: "secret", accessToken: "token" });

same<ReturnType<typeof ccloud.servers.list>, PagedCall<ServerDetail>>();
same<ReturnType<typeof ccloud.servers.state.start>, JobCall<TaskID, TasksGetStatus, TasksGetStatus>>();
for await (const task of ccloud.servers.tasks.list({ hostname: "a" })) same<typeof task, TasksGetStatus>();
same<ReturnType<typeof ccloud.servers.notes.delete>, Call<undefined>>();
same<ReturnType<typeof ccloud.customers.reports.get>, Call<FileAnswer>>();
same<ReturnType<typeof ccloud.lang.get>, Call<unknown>>();
ccloud.servers.delete({ hostname: "a" });
// @ts-expect-error a resource has no call of its own
ccloud.servers.state();
// @ts-expect-error no such level
ccloud.servers.states.start({ hostname: "a" });
ccloud.tasks.wait({ id: 1 });
// @ts-expect-error the id is missing
ccloud.tasks.wait({});
