// As much of Chrome's extension API as is used here.

declare namespace chrome {
  interface Listeners<Listener> {
    addListener(listener: Listener): void;
    removeListener(listener: Listener): void;
  }

  namespace storage {
    interface Area {
      get(keys: string | string[] | null): Promise<Record<string, unknown>>;
      set(items: Record<string, unknown>): Promise<void>;
      remove(keys: string | string[]): Promise<void>;
    }
    const local: Area;
    const session: Area;
  }

  namespace permissions {
    interface Permissions {
      origins?: string[];
    }
    function contains(permissions: Permissions): Promise<boolean>;
    function request(permissions: Permissions): Promise<boolean>;
    function remove(permissions: Permissions): Promise<boolean>;
    const onAdded: Listeners<(permissions: Permissions) => void>;
  }

  namespace runtime {
    interface Port {
      name: string;
      postMessage(message: unknown): void;
      onMessage: Listeners<(message: unknown) => void>;
      onDisconnect: Listeners<() => void>;
    }
    function connect(info: { name: string }): Port;
    function openOptionsPage(): Promise<void>;
    function getManifest(): { optional_host_permissions?: string[]; host_permissions?: string[] };
    const onConnect: Listeners<(port: Port) => void>;
    const onInstalled: Listeners<(details: { reason: string }) => void>;
  }

  namespace tabs {
    function create(properties: { url: string }): Promise<unknown>;
  }
}
