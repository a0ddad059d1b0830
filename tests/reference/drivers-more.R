# Drivers under more designs than the shared oracles have: Rscript tests/reference/drivers-more.R > tests/reference/drivers_more.json
# Made with R 4.2.2, survey 4.1-1 and car 3.1-1. All data here are invented. The same bytes each time: every draw has its seed.
suppressPackageStartupMessages({library(survey); library(car)})
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); options(survey.lonely.psu = "certainty", warn = -1)
number <- function(x) paste0("[", paste(ifelse(is.na(x) | is.infinite(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ","), "}")
array <- function(parts) paste0("[", paste(unlist(parts), collapse = ","), "]")
X <- paste0("x", 1:4); low_cut <- 40; high_cut <- 70

# Scores with gaps, drivers that hang together (x4 nearly x3), segments cut by the drivers, clusters of unlike sizes and weights.
make <- function(seed, strata, units, size, sigma) {
  set.seed(seed); units <- rep(units, length.out = strata); h <- rep(seq_len(strata), units); k <- length(h)
  m <- pmax(1, rpois(k, size)); d <- data.frame(stratum = rep(h, m) - 1L, unit = rep(seq_len(k), m) - 1L); n <- nrow(d)
  d$w <- round(exp(rnorm(n, 3, sigma)), 4); g <- rnorm(n); cl <- rnorm(k, 0, .5)[d$unit + 1]
  score <- function(z) round(pmin(100, pmax(0, 57 + 21 * z)), 2)
  d$x1 <- score(.5 * g + .8 * rnorm(n) + cl); d$x2 <- score(.6 * g + .7 * rnorm(n)); d$x3 <- score(rnorm(n)); d$x4 <- score((d$x3 - 57) / 21 * .95 + .2 * rnorm(n))
  d$seg <- ifelse(d$x1 + d$x2 > 130, 0L, ifelse(rnorm(n) > 0, 1L, 2L)); d$seg[sample(n, ceiling(n / 40))] <- -1L
  d$y <- round(pmin(100, pmax(0, 20 + (.15 + .1 * (d$seg == 1)) * d$x1 + .25 * d$x2 + .1 * d$x3 + rnorm(k, 0, 4)[d$unit + 1] + rnorm(n, 0, 12 + d$x3 / 20))), 2)
  for (v in c("y", X)) d[[v]][sample(n, ceiling(n / 30))] <- NA
  d
}
lmg <- function(S) { p <- ncol(S) - 1; r2 <- function(s) if (!length(s)) 0 else as.numeric(S[1, s + 1, drop = FALSE] %*% solve(S[s + 1, s + 1], S[s + 1, 1])) / S[1, 1]
  inside <- function(m) which(bitwAnd(m, 2^(0:(p - 1))) > 0); R <- sapply(0:(2^p - 1), function(m) r2(inside(m)))
  sapply(seq_len(p), function(j) sum(sapply(0:(2^p - 1), function(m) if (bitwAnd(m, 2^(j - 1)) > 0) 0 else { k <- length(inside(m)); factorial(k) * factorial(p - 1 - k) / factorial(p) * (R[m + 2^(j - 1) + 1] - R[m + 1]) }))) }
johnson <- function(S) { C <- cov2cor(S); e <- eigen(C[-1, -1], symmetric = TRUE); L <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors); as.numeric(L^2 %*% solve(L, C[-1, 1])^2) }
covariances <- function(w, d) cov.wt(as.matrix(d[, c("y", X)]), wt = w / sum(w), method = "ML")$cov
shares <- function(w, d) { l <- lmg(covariances(w, d)); l / sum(l) }
vcov_of <- function(m) { V <- vcov(m); dimnames(V) <- NULL; V }
# Estimates with errors, degrees of freedom, t interval and p; of a model, or of combinations L of its coefficients.
told <- function(m, L = diag(length(coef(m)))) { b <- as.numeric(L %*% coef(m)); se <- sqrt(diag(L %*% vcov_of(m) %*% t(L))); df <- m$df.residual
  out <- list(b = b, se = se, df = df); if (df >= 1) { out$low <- b - qt(.975, df) * se; out$high <- b + qt(.975, df) * se; out$p <- 2 * pt(-abs(b / se), df) }
  object(lapply(out, number)) }
interactions <- function(des) {
  s <- subset(des, seg >= 0 & complete.cases(des$variables[, c("y", X)])); s <- update(s, seg = factor(seg))
  m <- svyglm(as.formula(paste("y ~ 0 + seg +", paste0("seg:", X, collapse = "+"))), s); W <- tapply(weights(s, "sampling"), s$variables$seg, sum)
  place <- function(t, x) which(names(coef(m)) == paste0("seg", t, ":", x)); L <- D <- NULL
  for (t in levels(s$variables$seg)) for (x in X) { l <- d <- numeric(length(coef(m))); l[place(t, x)] <- 1; d[place(t, x)] <- 1
    others <- setdiff(levels(s$variables$seg), t); for (o in others) d[place(o, x)] <- -W[o] / sum(W[others]); L <- rbind(L, l); D <- rbind(D, d) }
  object(list(n = number(nrow(s)), own = told(m, L), difference = told(m, D)))
}
# Low and high of each driver: all in one model, and each in a model that holds the others by their scores too.
contrasts_of <- function(des, scores = FALSE) {
  for (x in X) { des$variables[[paste0(x, "_lo")]] <- as.integer(des$variables[[x]] < low_cut); des$variables[[paste0(x, "_hi")]] <- as.integer(des$variables[[x]] > high_cut) }
  s <- subset(des, complete.cases(des$variables[, c("y", X)])); levels <- function(x) as.vector(rbind(paste0(x, "_lo"), paste0(x, "_hi"))); fit <- function(terms) svyglm(as.formula(paste("y ~", paste(terms, collapse = "+"))), s)
  if (!scores) return(told(fit(levels(X))))
  models <- lapply(X, function(x) fit(c(levels(x), levels(setdiff(X, x)), setdiff(X, x)))); both <- function(of) unlist(lapply(models, of))
  object(list(b = number(both(function(m) coef(m)[2:3])), se = number(both(function(m) sqrt(diag(vcov_of(m)))[2:3])), df = number(models[[1]]$df.residual)))
}
case <- function(d, des, replicated = FALSE, extra = list()) {
  keep <- complete.cases(d[, c("y", X)]); s <- subset(des, keep); m <- svyglm(as.formula(paste("y ~", paste(X, collapse = "+"))), s); a <- d[keep, ]; S <- covariances(a$w, a)
  plain <- lm(as.formula(paste("y ~", paste(X, collapse = "+"))), a, weights = w)
  out <- list(data = object(lapply(d[, c("stratum", "unit", "w", "seg", "y", X)], number)), n = number(nrow(a)), r2 = number(sum(lmg(S))), model = told(m), vcov = number(as.numeric(vcov_of(m))),
    lmg = number(lmg(S)), johnson = number(johnson(S)), vif = number(as.numeric(vif(plain))), interactions = interactions(des), contrasts = contrasts_of(des), fine_contrasts = contrasts_of(des, TRUE))
  if (replicated) { r <- withReplicates(s, function(w, data) shares(w, data)); out$shares <- object(lapply(list(share = as.numeric(r), se = as.numeric(SE(r)), df = degf(s)), number)) }
  object(c(out, extra))
}
# Replicate weights as a factor a unit and replicate: w_r = w * factor.
replicates <- function(d, type, seed, mse, n = 60) {
  set.seed(seed); base <- svydesign(~unit, strata = ~stratum, weights = ~w, data = d)
  des <- if (type == "bootstrap") as.svrepdesign(base, type = "subbootstrap", replicates = n, mse = mse) else as.svrepdesign(base, type = type, mse = mse)
  first <- match(sort(unique(d$unit)), d$unit); factor <- apply(weights(des, "analysis"), 2, as.numeric)[first, ] / d$w[first]; factor <- signif(factor, 15); w <- factor[d$unit + 1, ] * d$w
  des <- svrepdesign(weights = d$w, repweights = w, data = d, combined.weights = TRUE, type = "other", scale = des$scale, rscales = des$rscales, mse = mse)
  case(d, des, TRUE, list(replicates = object(list(factors = array(lapply(seq_len(ncol(w)), function(r) number(factor[, r]))), scale = number(des$scale), rscales = number(rep(des$rscales, length.out = ncol(w))), mse = if (mse) "true" else "false"))))
}
cases <- list()
d <- make(201, 1, 520, 0, .6); cases$weights <- case(d, svydesign(~1, weights = ~w, data = d))
d <- make(202, 6, c(70, 90, 60, 120, 110, 50), 0, .9); cases$stratified <- case(d, svydesign(~1, strata = ~stratum, weights = ~w, data = d))
d <- make(203, 8, c(9, 12, 7, 15, 10, 8, 11, 6), 7, .5); cases$clustered <- case(d, svydesign(~unit, strata = ~stratum, weights = ~w, data = d))
d <- make(204, 9, c(1, 14, 1, 16, 13, 1, 12, 15, 12), 6, .5); cases$lonely <- case(d, svydesign(~unit, strata = ~stratum, weights = ~w, data = d))
d <- make(205, 5, c(12, 18, 9, 14, 20), 8, .4); N <- c(16, 80, 9, 500, 60); d$N <- N[d$stratum + 1]; cases$finite <- case(d, svydesign(~unit, strata = ~stratum, weights = ~w, data = d, fpc = ~N), FALSE, list(population = number(N)))
d <- make(206, 4, c(4, 3, 5, 4), 34, .5); cases$few_units <- case(d, svydesign(~unit, strata = ~stratum, weights = ~w, data = d))
d <- make(207, 6, c(6, 5, 7, 6, 8, 6), 14, .5); cases$JKn <- replicates(d, "JKn", 7, FALSE)
d <- make(208, 5, c(10, 12, 9, 14, 11), 9, .5); cases$bootstrap <- replicates(d, "bootstrap", 8, TRUE)

cat(object(list(generated_with = sprintf("\"%s, survey %s, car %s; tests/reference/drivers-more.R\"", R.version.string, packageVersion("survey"), packageVersion("car")), cases = object(cases))), "\n")
