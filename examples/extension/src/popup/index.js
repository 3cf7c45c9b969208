import { byId } from "../page/dom.js";
import { App } from "./app.js";
import { countSeconds } from "./run-box.js";

const app = new App();
app.load();
byId("options", HTMLElement).addEventListener("click", () => chrome.runtime.openOptionsPage());
byId("refresh", HTMLElement).addEventListener("click", () => app.ask("refresh", { provider: undefined }));
setInterval(countSeconds, 1000);
