import { parseSettings } from "../settings.ts";
import { startServer } from "../start/start-server.ts";

// A server as its own process, for tests that kill it. It says where it serves.
const { address } = await startServer(parseSettings(process.env));
console.log(address);
