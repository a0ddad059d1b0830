# More cases than the shared oracles have: Rscript tests/reference/survey-more.R > tests/reference/survey_more.json
# Made with R 4.2.2 and survey 4.1-1. All data here are invented. The same bytes each time: every draw has its seed.
suppressPackageStartupMessages(library(survey))
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); options(survey.lonely.psu = "certainty", warn = -1)
number <- function(x) paste0("[", paste(ifelse(is.na(x) | is.infinite(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ","), "}")
array <- function(parts) paste0("[", paste(unlist(parts), collapse = ","), "]")

# A population of `strata` with `units` clusters each (a vector: a number per stratum), clusters of unlike sizes.
make <- function(seed, strata, units, size, sigma) {
  set.seed(seed); units <- rep(units, length.out = strata); h <- rep(seq_len(strata), units); k <- length(h)
  m <- pmax(1, rpois(k, size)); d <- data.frame(stratum = rep(h, m) - 1L, unit = rep(seq_len(k), m) - 1L); n <- nrow(d)
  d$w <- round(exp(rnorm(n, 3, sigma)), 4); e <- rnorm(k, 0, 6)[d$unit + 1]
  d$y <- round(pmin(100, pmax(0, 55 + 2 * d$stratum + e + rnorm(n, 0, 18))), 3); d$y[sample(n, ceiling(n / 15))] <- NA
  d$b <- as.integer(d$y > 60); d$rare <- as.integer(d$y > 88); d$class <- sample(0:3, n, TRUE, c(.5, .3, .15, .05)); d
}
# Mean of a group with error, degrees of freedom and design effect; share with Korn and Graubard's limits, capped at n.
one <- function(des, keep, effect) {
  s <- subset(des, keep & !is.na(des$variables$y)); df <- degf(s); n <- nrow(s); ess <- sum(weights(s, "sampling"))^2 / sum(weights(s, "sampling")^2)
  m <- svymean(~y, s, deff = if (effect) "replace" else FALSE); se <- as.numeric(SE(m)); out <- list(n = n, df = df, mean = coef(m), se = se)
  out$low <- coef(m) - qt(.975, df) * se; out$high <- coef(m) + qt(.975, df) * se; if (effect) out$deff <- as.numeric(deff(m))
  for (v in c("b", "rare")) {
    p <- svymean(as.formula(paste0("~", v)), s); V <- as.numeric(vcov(p)); p <- as.numeric(coef(p))
    if (df < 1) { for (k in c("p", "se", "nstar", "low", "high")) out[[paste0(v, "_", k)]] <- c(p = p, se = sqrt(V))[k]; next }
    uncapped <- if (p > 0 && p < 1) (if (V < 1e-20) ess else p * (1 - p) / V) * (qt(.025, n - 1) / qt(.025, df))^2 else ess
    x <- min(n, uncapped); if (p == 0 || p == 1) x <- ess
    out[[paste0(v, "_p")]] <- p; out[[paste0(v, "_se")]] <- sqrt(V); out[[paste0(v, "_nstar")]] <- uncapped
    out[[paste0(v, "_low")]] <- if (p == 0) 0 else if (p == 1) qbeta(.025, ess, 1) else qbeta(.025, p * x, x - p * x + 1)
    out[[paste0(v, "_high")]] <- if (p == 1) 1 else if (p == 0) qbeta(.975, 1, ess) else qbeta(.975, p * x + 1, x - p * x)
    if (p > 0 && p < 1 && uncapped <= n) stopifnot(max(abs(as.numeric(attr(svyciprop(as.formula(paste0("~", v)), s, method = "beta", df = df), "ci")) - c(out[[paste0(v, "_low")]], out[[paste0(v, "_high")]]))) < 1e-9)
  }
  object(lapply(out, number))
}
# survey 4.1-1's own rule gives the second answer where the first alone reaches p, so the rule is written out here.
reaching <- function(x, w, p) { i <- order(x); x[i][which(cumsum(w[i]) >= p * sum(w) * (1 - 1e-12))[1]] }
quantiles <- function(des, keep) {
  s <- subset(des, keep & !is.na(des$variables$y)); p <- c(.02, .1, .25, .5, .75, .9, .98)
  q <- svyquantile(~y, s, p, qrule = reaching, interval.type = "mean", df = degf(s))[[1]]
  object(list(p = number(p), q = number(q[, 1]), low = number(q[, 2]), high = number(q[, 3])))
}
difference <- function(des, left, right) {
  keep <- (left | right) & !is.na(des$variables$y); des <- update(des, side = as.integer(left)); s <- subset(des, keep)
  m <- svyglm(y ~ side, s); df <- m$df.residual; t <- unname(coef(m)[2] / SE(m)[2])
  object(lapply(list(difference = coef(m)[2], se = SE(m)[2], df = df, p = 2 * pt(-abs(t), df)), number))
}
case <- function(d, des, effect = TRUE, extra = list()) {
  g <- des$variables$class; all <- rep(TRUE, nrow(d)); groups <- list(all = all, g0 = g == 0, g1 = g == 1, g2 = g == 2, g3 = g == 3, half = d$stratum < max(d$stratum) / 2)
  groups <- groups[sapply(groups, function(k) sum(k & !is.na(d$y)) > 1)]
  object(c(list(data = object(lapply(d[, c("stratum", "unit", "w", "y", "b", "rare", "class")], number)), groups = object(lapply(groups, function(k) one(des, k, effect))),
    quantiles = object(list(all = quantiles(des, all), g1 = quantiles(des, g == 1))), differences = object(list("g0|g1" = difference(des, g == 0, g == 1)))), extra))
}
replicates <- function(d, type, seed, mse = FALSE, rho = 0, n = 40, ids = ~unit) {
  set.seed(seed); base <- svydesign(ids, strata = if (type == "JK1") NULL else ~stratum, weights = ~w, data = d, nest = FALSE)
  des <- switch(type, Fay = as.svrepdesign(base, type = "Fay", fay.rho = rho, mse = mse), bootstrap = as.svrepdesign(base, type = "subbootstrap", replicates = n, mse = mse), as.svrepdesign(base, type = type, mse = mse))
  a <- weights(des, "analysis"); w <- apply(a, 2, as.numeric); des <- svrepdesign(weights = d$w, repweights = w, data = d, combined.weights = TRUE, type = "other", scale = des$scale, rscales = des$rscales, mse = mse)
  case(d, des, FALSE, list(replicates = object(list(weights = array(lapply(seq_len(ncol(w)), function(r) number(signif(w[, r], 15)))), scale = number(des$scale), rscales = number(rep(des$rscales, length.out = ncol(w))), mse = if (mse) "true" else "false"))))
}
cases <- list()
d <- make(101, 7, c(30, 12, 50, 9, 22, 41, 15), 0, 1.1); cases$stratified <- case(d, svydesign(~1, strata = ~stratum, weights = ~w, data = d))
d <- make(102, 10, 3, 6, .7); cases$clustered <- case(d, svydesign(~unit, strata = ~stratum, weights = ~w, data = d))
d <- make(103, 9, c(1, 4, 1, 6, 3, 1, 2, 5, 2), 5, .5); cases$lonely <- case(d, svydesign(~unit, strata = ~stratum, weights = ~w, data = d))
d <- make(104, 4, c(6, 9, 5, 12), 4, .4); N <- c(8, 40, 5, 500); d$N <- N[d$stratum + 1]; cases$finite <- case(d, svydesign(~unit, strata = ~stratum, weights = ~w, data = d, fpc = ~N), TRUE, list(population = number(N)))
d <- make(105, 1, 14, 5, .9); cases$one_stratum <- case(d, svydesign(~unit, weights = ~w, data = d))
d <- make(106, 1, 12, 4, .6); cases$JK1 <- replicates(d, "JK1", 1)
d <- make(107, 6, c(2, 5, 3, 4, 2, 6), 4, .8); cases$JKn <- replicates(d, "JKn", 2)
d <- make(108, 9, 2, 5, .5); cases$BRR <- replicates(d, "BRR", 3, mse = TRUE)
d <- make(109, 8, 2, 5, .5); cases$Fay <- replicates(d, "Fay", 4, rho = .3)
d <- make(110, 5, c(4, 7, 3, 6, 5), 4, .6); cases$bootstrap <- replicates(d, "bootstrap", 5, mse = TRUE)
d <- make(111, 4, 25, 0, 1.5); d$y <- d$y * 0 + 97; d$y[c(3, 50)] <- c(96, 12); d$b <- as.integer(d$y > 60); d$rare <- as.integer(d$y > 96.5); cases$nearly_all <- case(d, svydesign(~1, strata = ~stratum, weights = ~w, data = d))

# Raking to three margins, two of them skewed and one of unknown total; post-stratification to twelve cells.
set.seed(112); n <- 700; r <- data.frame(w = round(exp(rnorm(n, 0, .6)), 4), age = sample(0:5, n, TRUE, c(.1, .12, .18, .2, .22, .18)), area = sample(0:8, n, TRUE), sex = sample(0:1, n, TRUE, c(.4, .6)))
N <- list(age = c(90, 100, 110, 120, 80, 50) * 100, area = c(20, 9, 12, 5, 3, 2, 2, 1, 1) * 1000, sex = c(27, 28) * 1000)
rk <- rake(svydesign(~1, weights = ~w, data = r), lapply(names(N), function(v) as.formula(paste0("~", v))), lapply(names(N), function(v) setNames(data.frame(seq_along(N[[v]]) - 1, N[[v]]), c(v, "Freq"))), control = list(maxit = 500, epsilon = 1e-11))
r$cell <- r$age * 2 + r$sex; cells <- data.frame(cell = 0:11, Freq = round(exp(seq(5, 9, length.out = 12)))); ps <- postStratify(svydesign(~1, weights = ~w, data = r), ~cell, cells)

# A panel: some answer in both waves, weights differ between them, and so do the shares of an event.
set.seed(113); a <- 260; b <- 240; both <- 110; mood <- rnorm(a + b)
p <- data.frame(wave = rep(0:1, c(a, b)), person = c(seq_len(a), seq(a - both + 1, length.out = b)), w = round(exp(rnorm(a + b, 2, .5)), 4))
p$y <- round(50 + 9 * mood[p$person] + 2 * p$wave + rnorm(a + b, 0, 8), 3); p$e <- as.integer(p$y > 58)
change <- function(v) { m <- svyglm(as.formula(paste(v, "~ wave")), svydesign(~person, weights = ~w, data = p)); object(lapply(list(change = coef(m)[2], se = SE(m)[2], df = m$df.residual), number)) }

# Distributions over hard ranges. Quantiles of F and chi-squared are R's only where its own pf and pchisq give p back.
P <- c(1e-100, 1e-12, 1e-6, .001, .025, .2, .4999, .7, .975, .999, 1 - 1e-9)
B <- expand.grid(p = P, a = c(.01, .1, 1, 3, 40, 999.5, 1e5), b = c(.01, .5, 1, 40, 1e5)); B$q <- qbeta(B$p, B$a, B$b); B <- B[B$q > 1e-290 & B$q < 1 - 1e-9, ]; B$back <- pbeta(B$q, B$a, B$b)
S <- expand.grid(p = P, df = c(1, 1.5, 2, 3, 10, 99.3, 1e3, 1e5, 1e6)); S$q <- qt(S$p, S$df); S$back <- pt(S$q, S$df)
C <- expand.grid(p = P, df = c(.02, .5, 1, 2, 7.7, 100, 1e4, 1e6)); C$q <- qchisq(C$p, C$df); C <- C[C$q > 1e-290, ]; C$back <- pchisq(C$q, C$df); C$above <- pchisq(C$q, C$df, lower = FALSE)
Fs <- expand.grid(p = P, d1 = c(.5, 1, 2, 9, 100, 1e4, 1e6), d2 = c(.5, 1, 2, 9, 100, 1e4, 1e6)); Fs$q <- qf(Fs$p, Fs$d1, Fs$d2); Fs <- Fs[Fs$q > 1e-290 & is.finite(Fs$q), ]; Fs$back <- pf(Fs$q, Fs$d1, Fs$d2); Fs$above <- pf(Fs$q, Fs$d1, Fs$d2, lower = FALSE)
Z <- list(p = P, q = qnorm(P), z = c(-37, -12, -5, 4, 8), cdf = pnorm(c(-37, -12, -5, 4, 8)))

cat(object(list(
  generated_with = sprintf("\"%s, survey %s; tests/reference/survey-more.R\"", R.version.string, packageVersion("survey")), cases = object(cases),
  raking = object(list(data = object(lapply(r, number)), margins = object(lapply(N, number)), weights = number(weights(rk)), cells = number(cells$Freq), post_stratified = number(weights(ps)))),
  panel = object(list(data = object(lapply(p, number)), y = change("y"), e = change("e"))),
  distributions = object(list(beta = object(lapply(B, number)), student = object(lapply(S, number)), chi = object(lapply(C, number)), f = object(lapply(Fs, number)), normal = object(lapply(Z, number)))))), "\n")
