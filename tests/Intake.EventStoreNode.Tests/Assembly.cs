// They may all talk to one real server, and some look at the end of its log.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
