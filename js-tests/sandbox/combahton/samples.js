// Samples for tests and for trying things out. Nothing anywhere trusts this certificate.

/** A certificate for example.com and *.example.com, signed by itself, good for a hundred years. */
export const SAMPLE_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBqjCCAVCgAwIBAgIUWWnF8F/XrDLL4tkGjh4sqtIfKNUwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wIBcNMjYxMTIxMDE0MDAzWhgPMjEyNjEw
MjgwMTQwMDNaMBYxFDASBgNVBAMMC2V4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEK3EdfBFBpQhWrlOkWTos31BU/Df4sZGhDS/pf7RDwD/fd98t
+fjybHNvarnBr7SS9xRI/Zb6nKqc/9rfecuPb6N6MHgwHQYDVR0OBBYEFKHMd6UO
FU8DPgzaEPJO84d5iyhYMB8GA1UdIwQYMBaAFKHMd6UOFU8DPgzaEPJO84d5iyhY
MA8GA1UdEwEB/wQFMAMBAf8wJQYDVR0RBB4wHIILZXhhbXBsZS5jb22CDSouZXhh
bXBsZS5jb20wCgYIKoZIzj0EAwIDSAAwRQIhAIjbsq1f2cGUuLAv6hspp7evG5zp
KBgHA71gzUDJd4NbAiAcLBJR4kDZdGyNzd6KkaQE8APw6TT4rKD1oKr9XtQQcQ==
-----END CERTIFICATE-----
`;

/** The key of that certificate. */
export const SAMPLE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/Z7nBBRsbP/K4E5s
OvuGWWdLyEkk5/kJRJCYv4OGph2hRANCAAQrcR18EUGlCFauU6RZOizfUFT8N/ix
kaENL+l/tEPAP9933y35+PJsc29qucGvtJL3FEj9lvqcqpz/2t95y49v
-----END PRIVATE KEY-----
`;
