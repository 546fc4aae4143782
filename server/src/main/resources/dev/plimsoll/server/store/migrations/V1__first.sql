-- The store of the service. Rules: facts about images, never findings per image (they are joined from package sets and
-- matches); what did not change writes nothing; what may be asked "as of then" carries from and to; every row of an
-- account carries its account. Objects (inventories, facts of layers, advisory files) lie in the object store and are
-- named here by the digest of their contents, 'sha256:…'.

-- Accounts -----------------------------------------------------------------------------------------------------------

create table account (
    id bigint generated always as identity primary key,
    name text not null unique,
    administers_service boolean not null default false, -- its administrators also administer the service: the first one
    created_at timestamptz not null,
    disabled_at timestamptz
);

create table member (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    name text not null unique,
    password_hash text,
    role text not null,
    created_at timestamptz not null,
    disabled_at timestamptz
);
create index member_of_account on member (account_id);

create table api_key (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    member_id bigint references member (id) on delete cascade,
    name text not null,
    prefix text not null unique, -- the part of the key that may be shown
    secret_hash bytea not null, -- SHA-256: the secret is random, so that no slow hash is needed
    role text not null,
    permissions text[], -- a scope narrower than the role's
    login boolean not null default false, -- made by a login: gone when it has expired
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);
create index api_key_of_account on api_key (account_id);

create table login_failure (
    subject text not null primary key, -- 'member:name' or 'address:…'
    failures integer not null,
    last_at timestamptz not null,
    blocked_until timestamptz
);

create table audit_event (
    account_id bigint not null references account (id) on delete cascade,
    sequence bigint not null,
    at timestamptz not null,
    actor text not null,
    action text not null,
    object text not null,
    details text not null, -- JSON as it was hashed, byte for byte
    previous bytea not null,
    digest bytea not null,
    primary key (account_id, sequence)
);

create table registry_credential (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    registry text not null, -- host[:port]
    username text not null,
    secret bytea not null, -- sealed by the key outside the database
    insecure boolean not null default false, -- plain HTTP
    created_at timestamptz not null,
    unique (account_id, registry)
);

-- Images: facts -----------------------------------------------------------------------------------------------------

create table image (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    digest text not null, -- of the manifest
    index_digest text, -- of the index that it was chosen from
    configuration_digest text, -- "image id"
    platform text,
    distro text, -- release under which it is judged, 'debian:12'
    size_bytes bigint,
    created_at timestamptz, -- by its configuration
    state text not null, -- queued, analyzing, analyzed, failed
    reason text, -- why it failed
    inventory_object text,
    analysis text, -- digest of what was collected: the settings of the analysis
    packages integer,
    added_at timestamptz not null,
    analyzed_at timestamptz,
    unique (account_id, digest)
);
create index image_by_age on image (account_id, id desc);
create index image_by_configuration on image (account_id, configuration_digest);
create index image_by_index on image (account_id, index_digest) where index_digest is not null;
create index image_by_distro on image (distro);

create table tag (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    registry text not null,
    repository text not null,
    tag text not null,
    image_id bigint not null references image (id) on delete cascade,
    from_at timestamptz not null,
    to_at timestamptz
);
create unique index tag_now on tag (account_id, registry, repository, tag) where to_at is null;
create index tag_of_image on tag (image_id);
create index tag_history on tag (account_id, registry, repository, tag, from_at);

-- A tag that is looked up in its registry again and again.
create table tag_watch (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    registry text not null,
    repository text not null,
    tag text not null,
    every_seconds integer not null,
    next_at timestamptz not null,
    last_digest text,
    last_error text,
    failures integer not null default 0, -- since the last look that went well
    unique (account_id, registry, repository, tag)
);
create index tag_watch_due on tag_watch (next_at);

create table layer (
    id bigint generated always as identity primary key,
    digest text not null unique
);

-- What a layer says depends on the layer and on what was collected alone.
create table layer_fact (
    layer_id bigint not null references layer (id) on delete cascade,
    analysis text not null, -- digest of the settings and the analyzers' versions
    object text not null,
    primary key (layer_id, analysis)
);

create table image_layer (
    image_id bigint not null references image (id) on delete cascade,
    position integer not null, -- from 0, the lowest
    layer_id bigint not null references layer (id),
    shown boolean not null, -- whether it was read: an inventory may name any layer, and opens nobody's facts by that
    primary key (image_id, position)
);
create index image_of_layer on image_layer (layer_id);

-- A distinct package in its context: everything that what is found of it depends on, but for the advisory data.
create table package (
    id integer generated always as identity primary key,
    digest bytea not null unique, -- SHA-256 of the canonical text of all of the context
    release text not null, -- of the image: 'debian:12', empty where it is not known
    purl text not null,
    type text not null,
    name text not null,
    version text not null,
    context text not null -- JSON of what else the key holds, so that it can be matched again without an image
);
create index package_by_name on package (name, version);

-- Under which names advisories are looked up for it: the inverted index of a revision's changes.
create table package_search (
    ecosystem text not null,
    name text not null,
    package_id integer not null references package (id) on delete cascade,
    primary key (ecosystem, name, package_id)
);
create index package_search_of_package on package_search (package_id);

-- Images share sets: those of a base's layers, those of their own.
create table package_set (
    id integer generated always as identity primary key,
    digest bytea not null unique, -- of the sorted members
    members integer[] not null
);
create index package_set_members on package_set using gin (members);

create table image_package_set (
    image_id bigint not null references image (id) on delete cascade,
    package_set_id integer not null references package_set (id),
    primary key (image_id, package_set_id)
);
create index image_of_package_set on image_package_set (package_set_id);

-- What is known to be wrong ------------------------------------------------------------------------------------------

create table revision (
    id bigint generated always as identity primary key,
    object text not null, -- the advisory file
    content text not null, -- digest of all of its records
    built_at timestamptz not null,
    imported_at timestamptz not null,
    origin text not null, -- 'upload', or the place that is polled
    state text not null, -- checking, held, active, retired, refused
    reason text, -- why it is held or refused
    decided_by text, -- who released or refused it
    active_from timestamptz,
    active_to timestamptz,
    records bigint not null,
    summary text -- JSON: added, changed, withdrawn, by feed and ecosystem; flips
);
create unique index revision_active on revision ((true)) where state = 'active';

create table revision_change (
    revision_id bigint not null references revision (id) on delete cascade,
    ecosystem text not null,
    name text not null,
    kind text not null, -- added, changed, withdrawn
    primary key (revision_id, ecosystem, name)
);

-- What a revision makes of the matches of packages: computed from the files first, applied at once, told afterwards.
create table revision_effect (
    revision_id bigint not null references revision (id) on delete cascade,
    held boolean not null, -- of a revision that is held: new entries of exploited vulnerabilities count all the same
    package_id integer not null references package (id) on delete cascade,
    vulnerability text not null, -- empty: of the package itself
    change text not null, -- added, changed, gone, shown, hidden, closed, silent, touched
    causes text[] not null,
    ids text[], -- from here on: the new match, or the one that is gone
    severity text,
    fix_state text,
    fixed_in text[],
    suppressed text,
    fingerprint bytea,
    primary key (revision_id, held, package_id, vulnerability)
);

create table data_source (
    id bigint generated always as identity primary key,
    place text not null unique, -- URL or folder
    every_seconds integer not null,
    next_at timestamptz not null,
    validator text, -- ETag or time of the last file
    last_revision bigint references revision (id) on delete set null,
    last_at timestamptz, -- when it was asked last
    last_error text,
    failures integer not null default 0 -- in a row
);

-- One vulnerability of one distinct package, from one revision to another.
create table match (
    id bigint generated always as identity primary key,
    package_id integer not null references package (id) on delete cascade,
    vulnerability text not null, -- the id that it is printed by
    ids text[] not null,
    severity text not null,
    fix_state text not null,
    fixed_in text[] not null,
    suppressed text, -- why it does not count; null where it does
    fingerprint bytea not null, -- of everything that a policy may ask of it
    revision_from bigint not null references revision (id),
    revision_to bigint references revision (id),
    from_at timestamptz not null, -- since when it hits: it survives changes of the rest of the row
    valid_from timestamptz not null,
    valid_to timestamptz
);
create unique index match_now on match (package_id, vulnerability) where valid_to is null;
create index match_of_vulnerability on match (vulnerability) where valid_to is null;
create index match_history on match (package_id, valid_from);

-- By other ids too: GHSA-… of a CVE.
create index match_ids on match using gin (ids);

-- Known exploited vulnerabilities, read when asked, never copied to matches.
create table exploited (
    cve text not null,
    added date not null,
    due date,
    ransomware boolean not null,
    from_at timestamptz not null,
    to_at timestamptz,
    primary key (cve, from_at)
);

-- What is demanded ---------------------------------------------------------------------------------------------------

create table bundle (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    bundle_id text not null, -- as the document says
    version integer not null, -- 1, 2, … of that id in the account
    digest text not null, -- of its meaning
    name text not null,
    format text not null, -- 1_0 or 2
    document text not null, -- as it was uploaded
    created_at timestamptz not null,
    created_by text not null,
    unique (account_id, bundle_id, version)
);

create table activation (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    bundle_id bigint not null references bundle (id) on delete cascade,
    from_at timestamptz not null,
    to_at timestamptz,
    activated_by text not null
);
create unique index activation_now on activation (account_id) where to_at is null;

create table waiver_file (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    name text not null,
    digest text not null,
    document text not null,
    from_at timestamptz not null,
    to_at timestamptz,
    changed_by text not null
);
create unique index waiver_file_now on waiver_file (account_id, name) where to_at is null;

-- The history of verdicts, changes only. An image is judged under each name that it has, for mappings ask for names.
create table verdict (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    image_id bigint not null references image (id) on delete cascade,
    name text not null, -- registry/repository:tag; empty where it has none
    decision text not null, -- PASS, FAIL, UNKNOWN, DATA_MISSING
    final_action text not null,
    reason text not null,
    explanation text not null,
    stops integer not null,
    warns integer not null,
    allowlisted integer not null,
    waived integer not null,
    unjudged integer not null,
    results bytea not null, -- sorted 64-bit hashes of stable id and action, so that a change can be told; details are judged anew
    bundle_id bigint references bundle (id) on delete cascade, -- null: the default bundle
    bundle_digest text not null,
    waivers_digest text not null,
    revision_id bigint references revision (id),
    engine text not null, -- version of Plimsoll
    causes text[] not null, -- why it became this one
    at timestamptz not null, -- the instant as of which it was judged
    valid_to timestamptz,
    next_change_at timestamptz, -- when time alone may change it
    next_change_why text,
    lease_until timestamptz, -- until when the decision holds, as far as time goes
    lease_then text,
    stale_revision_id bigint references revision (id) -- the data that is too old for a rule: newer data mends that
);
create unique index verdict_now on verdict (image_id, name) where valid_to is null;
create index verdict_due on verdict (next_change_at) where valid_to is null and next_change_at is not null;
create index verdict_stale on verdict (id) where valid_to is null and stale_revision_id is not null;
create index verdict_of_account on verdict (account_id, decision) where valid_to is null;
create index verdict_history on verdict (image_id, name, at);

-- Inventories without files: most rules never ask for these. Made when one is wanted, again where it is lost.
create table lean_inventory (
    inventory_object text primary key,
    object text not null
);

create table what_if (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    bundle_id bigint not null references bundle (id) on delete cascade,
    state text not null, -- queued, running, done, failed
    reason text,
    result text, -- JSON
    created_at timestamptz not null,
    created_by text not null,
    finished_at timestamptz
);

-- Jobs ---------------------------------------------------------------------------------------------------------------

create table job (
    id bigint generated always as identity primary key,
    account_id bigint references account (id) on delete cascade, -- null: of the whole service
    lane text not null, -- interactive, sweep
    kind text not null,
    key text not null, -- at most one unfinished job of a kind and key
    payload text not null, -- JSON
    state text not null, -- queued, running, done, poison, cancelled
    priority integer not null default 0,
    not_before timestamptz not null,
    attempts integer not null default 0,
    lease_owner text,
    lease_until timestamptz,
    cancel_requested boolean not null default false,
    progress text, -- the last word of its worker
    result text, -- JSON: what came of it
    reason text, -- of the last failure
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
) with (fillfactor = 70);
create unique index job_unfinished on job (kind, key) where state in ('queued', 'running');
create index job_ready on job (lane, priority desc, not_before, id) where state = 'queued';
create index job_leased on job (lease_until) where state = 'running';
create index job_of_account on job (account_id, id desc);
create index job_finished on job (finished_at) where finished_at is not null;

-- Telling people -----------------------------------------------------------------------------------------------------

create table channel (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    name text not null,
    kind text not null, -- webhook, slack, jira, email
    settings text not null, -- JSON without secrets
    secrets bytea, -- JSON, sealed by the key outside the database
    state text not null, -- active, paused
    reason text, -- why it is paused
    failures integer not null default 0, -- attempts that failed since the last that did not
    waits_until timestamptz, -- no attempt before: its pace, or the vendor asked for it
    created_at timestamptz not null,
    unique (account_id, name)
);

create table subscription (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    name text not null,
    kinds text[] not null,
    channel_id bigint not null references channel (id) on delete cascade,
    filter text not null, -- JSON
    grouping text not null, -- cve, image, none
    window_seconds integer not null,
    active boolean not null,
    created_at timestamptz not null,
    unique (account_id, name)
);

-- What happened, written in the transaction of the change: the outbox.
create table event (
    id uuid primary key,
    account_id bigint not null references account (id) on delete cascade,
    kind text not null,
    causes text[] not null,
    at timestamptz not null,
    image_id bigint references image (id) on delete set null,
    name text not null, -- registry/repository:tag, empty where it has none
    payload text not null, -- JSON
    quiet boolean not null, -- happened at a first import: kept, told to nobody
    sequence bigint generated always as identity,
    dispatched_at timestamptz -- when deliveries were made of it
);
create index event_waiting on event (sequence) where dispatched_at is null;
create index event_of_account on event (account_id, sequence desc);
create index event_of_image on event (image_id) where image_id is not null;

create table delivery (
    id uuid primary key, -- the idempotency key
    account_id bigint not null references account (id) on delete cascade,
    channel_id bigint not null references channel (id) on delete cascade,
    subscription_id bigint references subscription (id) on delete set null, -- null: it is there no more
    kind text not null, -- of its events
    group_key text not null,
    state text not null, -- gathering, queued, sending, delivered, dead
    attempts integer not null default 0,
    attempts_before integer not null default 0, -- that do not count: before a redelivery, or while the destination was broken
    next_at timestamptz not null, -- of the next attempt, or the end of the window in which it gathers
    lease_owner text,
    lease_until timestamptz,
    created_at timestamptz not null,
    delivered_at timestamptz,
    last_error text,
    document text, -- the message, made when the window ends, so that every retry sends the same
    channel_state text, -- what the channel keeps about it between attempts
    sequence bigint generated always as identity
) with (fillfactor = 70);
create unique index delivery_gathering on delivery (channel_id, subscription_id, group_key) where state = 'gathering';
create index delivery_gathered on delivery (next_at) where state = 'gathering';
create index delivery_ready on delivery (channel_id, next_at, sequence) where state = 'queued';
create index delivery_leased on delivery (channel_id, lease_until) where state = 'sending';
create index delivery_dead on delivery (account_id, sequence desc) where state = 'dead';
create index delivery_of_account on delivery (account_id, sequence desc);
create index delivery_of_channel on delivery (channel_id, sequence desc);
create index delivery_of_subscription on delivery (subscription_id);

-- No foreign key to event: there are very many, and events are kept as long as there are deliveries of them.
create table delivery_event (
    delivery_id uuid not null references delivery (id) on delete cascade,
    event_id uuid not null,
    primary key (delivery_id, event_id)
);
create index delivery_of_event on delivery_event (event_id);

create table delivery_attempt (
    delivery_id uuid not null references delivery (id) on delete cascade,
    attempt integer not null,
    at timestamptz not null,
    milliseconds integer not null,
    outcome text not null, -- delivered, retried, final, lost
    answer text not null, -- the beginning of what came back, without secrets
    primary key (delivery_id, attempt)
);

-- A ticket for a group of findings; written before the tracker is asked, so that it is found again.
create table ticket (
    channel_id bigint not null references channel (id) on delete cascade,
    group_key text not null,
    state text not null, -- pending, open, done
    issue_id text,
    issue_key text,
    changed_at timestamptz not null,
    primary key (channel_id, group_key)
);

-- The service itself -------------------------------------------------------------------------------------------------

create table setting (
    name text primary key,
    value text not null
);
