//! Clients of the five providers in a simulated world. Their tables are small ones, written by hand in the
//! form that `table` documents, with the rules that the specs give the real ones.

use std::rc::Rc;

use serde_json::{Value, json};

use crate::answer::{CallResult, Outcome};
use crate::call::job::{Ended, Job, WaitOptions, follow, started};
use crate::call::{Call, CallOptions, Prepared, custom};
use crate::client::{Client, ProxyTarget, Settings};
use crate::failure::Failure;
use crate::operation::Effect;
use crate::platform::simulated::{Json, SimulatedAnswer, World};
use crate::platform::{Data, Milliseconds};
use crate::secret::{Credentials, Secret};
use crate::table::Table;

const COMBELL: [&str; 2] = [
    r##"{"title":"Combell","types":{},"secrets":["apiKey","apiSecret"],
    "jobs":{"provisioning-job":{"operation":"provisioningJobs.get","id":"job_id","states":[
        ["failed",0,"/status",["failed","cancelled"]],["done",201],["done",0,"/status",["finished"]],["running",200,"/status",["ongoing"]]]},
    "certificate-request":{"operation":"sslCertificateRequests.get","id":"id","states":[["failed",410],["done",303],["running",200]]}},
    "rateLimit":{"limit":"X-RateLimit-Limit","usage":"X-RateLimit-Usage","remaining":"X-RateLimit-Remaining","reset":"X-RateLimit-Reset"},
    "hints":{"AuthenticationError":"Check the API key","PermissionError":"This operation is closed to the API key"},
    "code":["/error_code"],"message":["/error_text"],"issues":["/validation_errors"]}"##,
    r##"["accounts.list","GET /v2/accounts","r",{"asset_type":"s","skip":"k","take":"k"},0,{"p":["skip-take","","X-Paging-TotalResults"]}]
["accounts.get","GET /v2/accounts/{id}","r",{"id":"k"}]
["accounts.create","POST /v2/accounts","p",{},{"o":{"identifier!":"s","password":{"t":"s","x":true}}},{"a":{"202":"l"},"j":"provisioning-job"}]
["dnsRecords.create","POST /v2/dns/{domain_name}/records","w",{},{"o":{"type!":"s","content":"s"}},{"a":{"201":"l"}}]
["dnsRecords.edit","PUT /v2/dns/{domain_name}/records/{record_id}","W",{},{"o":{"type!":"s"}},{"a":{"204":""}}]
["dnsRecords.delete","DELETE /v2/dns/{domain_name}/records/{record_id}","D",{},0,{"a":{"204":""}}]
["accounts.wipe","POST /v2/accounts/{id}/wipe","d",{"id":"k"},0,{"a":{"204":""}}]
["provisioningJobs.get","GET /v2/provisioningjobs/{job_id}","r",{},0,{"a":{"200":"j","201":"l"}}]
["sslCertificateRequests.get","GET /v2/sslcertificaterequests/{id}","r",{"id":"k"},0,{"a":{"200":"j","303":"l"}}]
["sslCertificateRequests.create","POST /v2/sslcertificaterequests","p",{},{"o":{}},{"a":{"200":"j"},"j":"certificate-request"}]
["sslCertificates.download","GET /v2/sslcertificates/{sha1}/download","r",{"password!":{"t":"s","x":true}},0,{"a":{"200":"application/x-pkcs12"}}]"##,
];

const HOSTKEY: [&str; 2] = [
    r##"{"title":"Hostkey","types":{},"secrets":["apiKey","token","pin"],"token":"token","tokenOption":"token","bodies":"form",
    "login":{"operation":"auth.login","params":{"fix_ip":0},"credentials":{"apiKey":"key"},"token":"/result/token","expires":"/result/token_expire","lifetime":7200},
    "jobs":{"callback":{"operation":"eqCallback.check","id":"key","isSecret":true,"once":true,"interval":15,"error":"/scope","states":[
        ["failed",0,"/scope",["Invalid pin code"]],["failed",0,"/result",["Error"]],["done",0,"/result",["OK"]],["running",0,"/result",["Not ready","Stage"]],["failed",0]]}},
    "hints":{"AuthenticationError":"Check the API key"},"code":["/code"],"message":["/error","/message"],
    "expired":["invalid token","unauthorized"],"filesInJson":true,
    "envelope":{"success":{"values":["OK","success"],"numbers":[0,1]},"pending":{"values":["Not ready","Stage"],"operations":["eqCallback.check"]}}}"##,
    r##"["auth.login","POST /auth.php","W",{},{"o":{"action":{"c":"login"},"key!":{"t":"s","x":true},"fix_ip":{"e":[0,1]}}},{"f":"form","n":true}]
["presets.list","POST /presets.php","r",{},{"o":{"action":{"c":"list"}}},{"f":"form","n":true}]
["eq.list","POST /eq.php","r",{},{"o":{"action":{"c":"list"}}},{"f":"form"}]
["eq.order","POST /eq.php","p",{},{"o":{"action":{"c":"order"},"preset!":"s"}},{"f":"form","j":"callback","i":"/callback"}]
["eq.reboot","POST /eq.php","w",{},{"o":{"action":{"c":"reboot"},"id!":"i","pin!":{"t":"i","x":true}}},{"f":"form","j":"callback","i":"/callback","c":"eqCallback.check"}]
["eqCallback.check","POST /eq_callback.php","r",{},{"o":{"action":{"c":"check"},"key":{"t":"s","x":true}}},{"f":"form","n":true}]
["invoices.pdf","POST /whmcs.php","r",{},{"o":{"action":{"c":"pdf"},"id!":"i"}},{"f":"form","a":{"200":"application/pdf"}}]"##,
];

const CCLOUD: [&str; 2] = [
    r##"{"title":"ccloud","types":{},"secrets":["clientSecret","accessToken"],"tokenOption":"accessToken",
    "login":{"operation":"oauth.token","params":{"scope":"*"},"credentials":{},"token":"/access_token","expiresIn":"/expires_in"},
    "fields":[["client_id","clientId","oauth.token"],["client_secret","clientSecret","oauth.token"]],
    "jobs":{"task":{"operation":"tasks.get","id":"id","error":"/error_message","states":[["failed",0,"/status",["failed"]],["done",0,"/status",["done"]],["running",0,"/status",["processing"]]]}},
    "code":["/error","/error/code"],"message":["/error_description","/message","/error/msg"],"issues":["/errors","/error/errors"]}"##,
    r##"["oauth.token","POST /oauth/token","W",{},{"o":{"grant_type":{"c":"client_credentials"},"scope":"s"}},{"n":true}]
["servers.list","GET /ccloud/servers","r",{"limit":"i","page":"i"},0,{"p":["limit-page","/data","/total"]}]
["servers.create","POST /ccloud/servers","p",{},{"o":{"hostname!":"s","password":{"t":"s","x":true}}},{"j":"task","i":"/id"}]
["servers.delete","DELETE /ccloud/servers/{hostname}","D",{},0,{"j":"task","i":"/id"}]
["tasks.get","GET /ccloud/tasks/{id}","r",{"id":"i"}]"##,
];

const ARTNET: [&str; 2] = [
    r##"{"title":"Artnet","types":{},"jobs":{},"secrets":["apiKey"],"bodies":"form","fields":[["id","customerId"],["api_key","apiKey"]],
    "code":["/error/code"],"message":["/error/description/en","/error/description/pl"],"issues":["/error/errors_details"],"malformedJson":true}"##,
    r##"["customer.regenerateApiKey","POST /customer/regenerate-api-key","d",{},{"o":{}},{"f":"form","k":{"apiKey":"/api_key"}}]
["vps.list","POST /vps/list","r",{},{"o":{"limit":"i","offset":"i"}},{"f":"form","p":["limit-offset","/services_list"]}]
["vps.powerOn","POST /vps/power-on","W",{},{"o":{"service_id!":"i","confirm":{"c":"confirm"}}},{"f":"form"}]"##,
];

const COMBAHTON: [&str; 2] = [
    r##"{"title":"combahton","types":{},"secrets":["secret"],"bodies":"json","fields":[["email","email"],["secret","secret"]],
    "jobs":{"task":{"operation":"kvm.server.view","id":"id","idFrom":"request","states":[["running",0,"/status",["id_reinstalling"]],["done",0]]}},
    "code":["/status"],"message":[],"issues":[],
    "envelope":{"failures":{"auth_failed":"The e-mail address and API key do not belong together.","id_reinstalling":"The server is being reinstalled."},"flag":{"operations":["kvm.server.start"]}}}"##,
    r##"["kvm.server.view","POST /v2","r",{},{"o":{"component":{"c":"kvm"},"action":{"c":"view"},"id!":"s"}}]
["kvm.server.start","POST /v2","W",{},{"o":{"component":{"c":"kvm"},"action":{"c":"start"},"id!":"s"}}]
["kvm.server.reinstall","POST /v2","d",{},{"o":{"component":{"c":"kvm"},"action":{"c":"reinstall"},"id!":"s","password":{"t":"s","x":true}}},{"j":"task"}]"##,
];

pub type Called = Result<Outcome<SimulatedAnswer>, Box<Failure>>;
pub type Followed = Result<Rc<Outcome<SimulatedAnswer>>, Ended>;

/// A client, and the world it is in.
pub struct Session {
    pub world: World,
    pub client: Client<SimulatedAnswer>,
    pub options: CallOptions,
    pub wait: WaitOptions,
}

pub fn combell(world: World) -> Session {
    with_credentials(
        "combell",
        COMBELL,
        &[("apiKey", "combell-key"), ("apiSecret", "combell-secret")],
        world,
    )
}

pub fn hostkey(world: World) -> Session {
    with_credentials("hostkey", HOSTKEY, &[("apiKey", "hostkey-key")], world)
}

pub fn ccloud(world: World) -> Session {
    with_credentials(
        "ccloud",
        CCLOUD,
        &[("clientId", "my-client"), ("clientSecret", "ccloud-secret")],
        world,
    )
}

pub fn artnet(world: World) -> Session {
    with_credentials("artnet", ARTNET, &[("customerId", "4711"), ("apiKey", "artnet-key")], world)
}

pub fn combahton(world: World) -> Session {
    let credentials = [("email", "me@example.com"), ("secret", "combahton-secret")];
    with_credentials("combahton", COMBAHTON, &credentials, world)
}

/// One at another address.
pub fn ccloud_at(base_url: &str, world: World) -> Session {
    Session::new("ccloud", CCLOUD, world, |settings| {
        settings.base_url = base_url.to_owned();
        settings.credentials =
            credentials(&[("clientId", "my-client"), ("clientSecret", "ccloud-secret")]);
    })
}

/// One that has a token, and logs in for none.
pub fn ccloud_with_token(token: &str, world: World) -> Session {
    with_credentials("ccloud", CCLOUD, &[("accessToken", token)], world)
}

/// A client that has a proxy in place of credentials.
pub fn proxied_combell(world: World) -> Session {
    // Whoever makes clients gives Combell's signer something to hold: the proxy signs.
    Session::new("combell", COMBELL, world, |settings| {
        settings.credentials = credentials(&[("apiKey", ""), ("apiSecret", "")]);
        settings.proxy = Some(ProxyTarget {
            url: "https://edge.example.com/api".to_owned(),
            headers: vec![("Authorization".to_owned(), "Bearer visitor".to_owned())],
        });
    })
}

fn with_credentials(name: &str, table: [&str; 2], known: &[(&str, &str)], world: World) -> Session {
    Session::new(name, table, world, |settings| settings.credentials = credentials(known))
}

fn credentials(known: &[(&str, &str)]) -> Credentials {
    let secret =
        |(name, text): &(&str, &str)| ((*name).to_owned(), Secret::new((*text).to_owned()));
    Credentials(known.iter().map(secret).collect())
}

impl Session {
    fn new(
        name: &str,
        [head, lines]: [&str; 2],
        world: World,
        set: impl FnOnce(&mut Settings),
    ) -> Session {
        let mut settings = Settings {
            base_url: format!("https://api.{name}.example"),
            timeout: Milliseconds(30_000.0),
            max_retries: 2,
            headers: Vec::new(),
            allow: Effect::ALL.to_vec(),
            credentials: Credentials(Vec::new()),
            fills: String::new(),
            proxy: None,
        };
        set(&mut settings);
        let table =
            Table::read(name.to_owned(), head.to_owned(), lines.to_owned()).expect("a table");
        let client = Client::new(Rc::new(table), settings).expect("a client");
        Session { world, client, options: CallOptions::default(), wait: WaitOptions::default() }
    }

    /// The client's settings are these.
    pub fn with(mut self, set: impl FnOnce(&mut Settings)) -> Session {
        set(&mut self.client.settings);
        self
    }

    /// The options of its calls are these.
    pub fn calling_with(mut self, set: impl FnOnce(&mut CallOptions)) -> Session {
        set(&mut self.options);
        self
    }

    /// How it waits for jobs.
    pub fn waiting_with(mut self, interval_ms: f64, timeout_ms: f64) -> Session {
        self.wait = WaitOptions {
            interval: Some(Milliseconds(interval_ms)),
            timeout: Some(Milliseconds(timeout_ms)),
        };
        self
    }

    /// A call, not begun.
    pub async fn calling(&self, operation: &str, params: Value) -> Called {
        let params = params.to_string();
        self.call_of(operation, &params).run().await
    }

    fn call_of<'c>(&'c self, operation: &str, params: &'c str) -> Call<'c, World> {
        let operation = self.client.table.find(operation).expect("an operation");
        let (platform, client, options) = (&self.world, &self.client, &self.options);
        Call { platform, client, operation, params, options, secrets: Vec::new() }
    }

    /// Makes a call.
    pub fn call(&self, operation: &str, params: Value) -> Called {
        self.world.run(self.calling(operation, params))
    }

    /// Makes a call that succeeds.
    pub fn good(&self, operation: &str, params: Value) -> Outcome<SimulatedAnswer> {
        self.call(operation, params).unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    /// Makes a call that fails.
    pub fn bad(&self, operation: &str, params: Value) -> Box<Failure> {
        self.call(operation, params).err().expect("a failure")
    }

    /// Makes a request of the caller's own.
    pub fn request(&self, description: Value) -> Called {
        let description = description.to_string();
        self.world.run(custom::run(&self.world, &self.client, &description, &self.options))
    }

    pub fn prepare(&self, operation: &str, params: Value) -> Result<Prepared, Box<Failure>> {
        let params = params.to_string();
        self.world.run(self.call_of(operation, &params).prepare())
    }

    /// Follows a job by what names it, not begun.
    pub async fn following(&self, kind: &str, params: Value) -> Followed {
        let job = Job { kind, params: params.to_string(), check: None, secrets: Vec::new() };
        follow(&self.world, &self.client, job, &self.wait).await
    }

    /// Follows a job by what names it.
    pub fn follow(&self, kind: &str, params: Value) -> Followed {
        self.world.run(self.following(kind, params))
    }

    /// Makes a call and follows the job that it starts.
    pub fn call_and_wait(&self, operation: &str, params: Value) -> Followed {
        let params = params.to_string();
        self.world.run(async {
            let call = self.call_of(operation, &params);
            let outcome = call.run().await?;
            let job = started(&call, &seen(&outcome.result))?;
            follow(&self.world, &self.client, job, &self.wait).await
        })
    }
}

/// A test says all that happens: an answer that nobody has asked for is one that was expected to be.
impl Drop for Session {
    fn drop(&mut self) {
        let left = self.world.answers_left();
        assert!(left == 0 || std::thread::panicking(), "{left} answers that nobody has asked for");
    }
}

/// A result as callers see it.
pub fn seen(result: &CallResult<Json>) -> Json {
    match result {
        CallResult::Data(data) => data.clone(),
        CallResult::Nothing => Json::of(Value::Null),
        CallResult::Location(place) => {
            Json::of(json!({ "location": place.location, (place.name.as_str()): place.id }))
        }
        CallResult::File(file) => Json::of(json!({
            "bytes": file.bytes.as_deref().map(String::from_utf8_lossy),
            "content_type": file.content_type,
            "filename": file.filename,
        })),
        CallResult::Page(page) => Json::of(json!({
            "items": *page.items.0,
            "total": page.total,
            "next": page.next,
        })),
    }
}

/// A result as callers see it, as JSON text.
pub fn text_of(outcome: &Outcome<SimulatedAnswer>) -> String {
    seen(&outcome.result).to_json()
}

/// The failure that a followed job has ended with.
pub fn ended(followed: Followed) -> Box<Failure> {
    match followed {
        Err(Ended::Failure(failure)) => failure,
        Err(Ended::Interrupted) => panic!("interrupted"),
        Ok(outcome) => panic!("{}", text_of(&outcome)),
    }
}

/// What a job has ended with, as JSON text.
pub fn finished(followed: Followed) -> String {
    match followed {
        Ok(outcome) => text_of(&outcome),
        Err(Ended::Failure(failure)) => panic!("{failure:?}"),
        Err(Ended::Interrupted) => panic!("interrupted"),
    }
}
